import type { ComponentChildren } from 'preact';
import { ApiFailure } from '../../api/problem.js';
import { FormContext } from '../../form/form-context.js';
import type { JsonSchema } from '../../form/json-schema.js';
import { SchemaField } from '../../form/schema-field.js';
import { useForm } from '../../form/use-form.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';

export interface SchemaDialogProps {
  readonly title: string;
  readonly confirm: string;
  readonly schema: JsonSchema;
  readonly children?: ComponentChildren;
  readonly act: (input: unknown) => Promise<void>;
  readonly close: () => void;
}

/** Asks for something by its schema, then does it. */
export function SchemaDialog({ title, confirm, schema, children, act, close }: SchemaDialogProps) {
  const form = useForm(schema);
  const send = async (): Promise<void> => {
    if (!form.valid) {
      form.showAll();
      const [[pointer, allowed] = ['', '']] = form.findings;
      throw new ApiFailure({ status: 0, code: 'FORM_UNFINISHED', title: 'Not finished', detail: `${pointer || 'The input'}: ${allowed}`, fix: 'Fill it in, then try again.' });
    }
    await act(form.value ?? {});
  };
  return (
    <FormContext value={form.context}>
      <ConfirmDialog title={title} confirm={confirm} act={send} close={close}>
        {children}
        <SchemaField schema={schema} path={[]} value={form.draft} required />
      </ConfirmDialog>
    </FormContext>
  );
}
