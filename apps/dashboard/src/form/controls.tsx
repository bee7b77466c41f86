import { useContext, useEffect, useState } from 'preact/hooks';
import { type FieldProps, Finding, Hint, Labelled, LabelText, fieldId } from './field.js';
import { FormContext } from './form-context.js';
import { pointerOf, textOf } from './json-schema.js';

/** A line of text. */
export function TextControl(props: FieldProps) {
  const { change } = useContext(FormContext);
  const { schema, path, value } = props;
  const example = schema.examples?.[0];
  return (
    <Labelled {...props}>
      {(control) => (
        <input
          {...control}
          type="text"
          autocomplete="off"
          spellcheck={false}
          placeholder={typeof example === 'string' ? example : ''}
          value={typeof value === 'string' ? value : ''}
          onInput={(event) => { change(path, event.currentTarget.value === '' ? undefined : event.currentTarget.value); }}
        />
      )}
    </Labelled>
  );
}

/** A number. What is no number stays as it was typed, so that the form can say so. */
export function NumberControl(props: FieldProps) {
  const { change } = useContext(FormContext);
  const { schema, path, value } = props;
  const { default: byDefault, ...described } = schema;
  return (
    <Labelled {...props} schema={described}>
      {(control) => (
        <input
          {...control}
          class="short"
          type="text"
          inputMode={schema.type === 'integer' ? 'numeric' : 'decimal'}
          autocomplete="off"
          placeholder={byDefault === undefined ? '' : `${textOf(byDefault)} by default`}
          value={value === undefined ? '' : textOf(value)}
          onInput={(event) => { change(path, numberIn(event.currentTarget.value)); }}
        />
      )}
    </Labelled>
  );
}

function numberIn(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  // "1." and "1e" are on their way to a number.
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : text;
}

/** One of a few values. */
export function ChoiceControl(props: FieldProps) {
  const { change } = useContext(FormContext);
  const { schema, path, value, required } = props;
  const choices = schema.enum ?? [];
  const { default: byDefault, ...described } = schema;
  const standard = byDefault === undefined ? 'not set' : `${textOf(byDefault)} (default)`;
  return (
    <Labelled {...props} schema={described}>
      {(control) => (
        <select
          {...control}
          value={String(choices.findIndex((choice) => choice === value))}
          onChange={(event) => { change(path, choices[Number(event.currentTarget.value)]); }}
        >
          {(!required || value === undefined) && <option value="-1">{required ? 'Choose…' : standard}</option>}
          {choices.map((choice, index) => (
            <option key={index} value={String(index)}>
              {String(choice)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

/** Yes or no. */
export function BooleanControl({ schema, path, value, required }: FieldProps) {
  const { change, findings } = useContext(FormContext);
  const pointer = pointerOf(path);
  const id = fieldId(pointer);
  return (
    <div class="field field-check">
      <input
        id={id}
        type="checkbox"
        aria-describedby={`${id}-hint`}
        checked={value === undefined ? schema.default === true : value === true}
        onChange={(event) => { change(path, event.currentTarget.checked === (schema.default === true) && !required ? undefined : event.currentTarget.checked); }}
      />
      <div>
        <label for={id}>
          <LabelText schema={schema} path={path} required />
        </label>
        <Hint id={id} schema={{ ...schema, default: undefined }} />
        <Finding id={id} text={findings.get(pointer)} />
      </div>
    </div>
  );
}

/** Several of a few values. */
export function ChoicesControl({ schema, path, value, required }: FieldProps) {
  const { change, findings } = useContext(FormContext);
  const pointer = pointerOf(path);
  const id = fieldId(pointer);
  const chosen = Array.isArray(value) ? (value as unknown[]) : [];
  const choices = schema.items?.enum ?? [];
  return (
    <fieldset class="field" aria-describedby={`${id}-hint`}>
      <legend>
        <LabelText schema={schema} path={path} required={required} />
      </legend>
      <div class="choices">
        {choices.map((choice) => (
          <label key={String(choice)}>
            <input
              type="checkbox"
              checked={chosen.includes(choice)}
              onChange={(event) => {
                const next = choices.filter((other) => (other === choice ? event.currentTarget.checked : chosen.includes(other)));
                change(path, next.length === 0 ? undefined : next);
              }}
            />
            {String(choice)}
          </label>
        ))}
      </div>
      <Hint id={id} schema={schema} />
      <Finding id={id} text={findings.get(pointer)} />
    </fieldset>
  );
}

/** A list of texts or numbers, one a line. */
export function LinesControl(props: FieldProps) {
  const { change, findings } = useContext(FormContext);
  const { schema, path, value } = props;
  const given = Array.isArray(value) ? (value as unknown[]).map(String).join('\n') : '';
  const [text, setText] = useState(given);
  // Empty lines are kept while one types; what comes from outside replaces them.
  useEffect(() => { setText((typed) => (linesOf(typed).join('\n') === given ? typed : given)); }, [given]);
  const ofNumbers = schema.items?.type === 'integer' || schema.items?.type === 'number';
  const wrongLine = [...findings].find(([pointer]) => pointer.startsWith(`${pointerOf(path)}/`));
  return (
    <>
      <Labelled {...props} schema={{ ...schema, description: [schema.description, schema.items?.description, 'One a line.'].filter((part) => part !== undefined).join(' ') }}>
        {(control) => (
          <textarea
            {...control}
            rows={3}
            spellcheck={false}
            value={text}
            onInput={(event) => {
              setText(event.currentTarget.value);
              const lines = linesOf(event.currentTarget.value);
              change(path, lines.length === 0 ? undefined : ofNumbers ? lines.map((line) => numberIn(line)) : lines);
            }}
          />
        )}
      </Labelled>
      {wrongLine && (
        <p class="finding">
          Line {Number(wrongLine[0].split('/').at(-1)) + 1}: {wrongLine[1]}
        </p>
      )}
    </>
  );
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Anything, as JSON: for what no other control fits. */
export function JsonControl(props: FieldProps) {
  const { change } = useContext(FormContext);
  const { path, value } = props;
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)));
  return (
    <Labelled {...props}>
      {(control) => (
        <textarea
          {...control}
          rows={5}
          spellcheck={false}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            change(path, jsonIn(event.currentTarget.value));
          }}
        />
      )}
    </Labelled>
  );
}

/** The value that a text is the JSON of; a text that is none stays a text, which the schema then refuses. */
function jsonIn(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
