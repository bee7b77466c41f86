import { useState } from 'preact/hooks';
import type { JsonSchema } from './json-schema.js';
import { JsonEditor } from './json-editor.js';
import { SchemaField } from './schema-field.js';
import type { Form } from './use-form.js';

export interface InputEditorProps {
  readonly form: Form;
  readonly schema: JsonSchema;
  /** What the form can be filled with. */
  readonly example?: unknown;
}

/** The fields of a form, or the same as JSON. Stands within the form's `FormContext`. */
export function InputEditor({ form, schema, example }: InputEditorProps) {
  const [asJson, setAsJson] = useState(false);
  return (
    <>
      <div class="toolbar">
        <div class="tabs" role="group" aria-label="Way to fill it in">
          <button type="button" aria-pressed={!asJson} onClick={() => { setAsJson(false); }}>
            Form
          </button>
          <button type="button" aria-pressed={asJson} onClick={() => { setAsJson(true); }}>
            JSON
          </button>
        </div>
        {example !== undefined && (
          <button type="button" class="quiet" onClick={() => { form.fill(example); }}>
            Fill in the example
          </button>
        )}
      </div>
      {asJson ? <JsonEditor key={form.filled} value={form.value} fill={form.typed} /> : <SchemaField key={form.filled} schema={schema} path={[]} value={form.draft} required />}
    </>
  );
}
