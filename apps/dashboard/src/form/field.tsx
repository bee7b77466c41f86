import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { words } from '../lib/format.js';
import { FormContext } from './form-context.js';
import { pointerOf, textOf, type JsonSchema } from './json-schema.js';

export interface FieldProps {
  readonly schema: JsonSchema;
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly required: boolean;
}

/** Attributes that tie a control to its label, its hint and what is wrong with it. */
export interface ControlAttributes {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
  readonly onBlur: () => void;
}

/** Label, hint and findings around a control. */
export function Labelled({ schema, path, required, children }: FieldProps & { readonly children: (control: ControlAttributes) => ComponentChildren }) {
  const { findings, leave } = useContext(FormContext);
  const pointer = pointerOf(path);
  const finding = findings.get(pointer);
  const id = fieldId(pointer);
  return (
    <div class="field">
      <label for={id}>
        <LabelText schema={schema} path={path} required={required} />
      </label>
      {children({ id, 'aria-describedby': `${id}-hint ${id}-finding`, 'aria-invalid': finding !== undefined, onBlur: () => { leave(pointer); } })}
      <Hint id={id} schema={schema} />
      <Finding id={id} text={finding} />
    </div>
  );
}

export function LabelText({ schema, path, required }: Pick<FieldProps, 'schema' | 'path' | 'required'>) {
  return (
    <>
      {labelOf(schema, path)} {!required && <span class="optional">optional</span>}
    </>
  );
}

export function labelOf(schema: JsonSchema, path: readonly (string | number)[]): string {
  return words(String(path.at(-1) ?? schema.title ?? ''));
}

export function Hint({ id, schema }: { readonly id: string; readonly schema: JsonSchema }) {
  const { description, default: standard } = schema;
  const text = [description, standard === undefined || typeof standard === 'object' ? undefined : `Default: ${textOf(standard)}.`].filter((part) => part !== undefined);
  return (
    <p class="hint" id={`${id}-hint`}>
      {text.join(' ')}
    </p>
  );
}

export function Finding({ id, text }: { readonly id: string; readonly text: string | undefined }) {
  return (
    <p class="finding" id={`${id}-finding`}>
      {text}
    </p>
  );
}

/** Id of the control of a place. */
export function fieldId(pointer: string): string {
  return `field${pointer.replace(/[^\w]/g, '-')}`;
}
