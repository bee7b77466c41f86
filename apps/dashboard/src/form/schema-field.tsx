import { useContext, useState } from 'preact/hooks';
import { Icon } from '../ui/icon.js';
import { BooleanControl, ChoiceControl, ChoicesControl, JsonControl, LinesControl, NumberControl, TextControl } from './controls.js';
import { alternatives, withBranch } from './draft.js';
import { Finding, Hint, LabelText, fieldId, labelOf, type FieldProps } from './field.js';
import { FormContext } from './form-context.js';
import { isObject, pointerOf, type JsonSchema } from './json-schema.js';

/** The control that fits a schema. */
export function SchemaField(props: FieldProps) {
  const { schema } = props;
  if (schema.const !== undefined) return null;
  if (schema.enum) return <ChoiceControl {...props} />;
  if (schema.properties) return <ObjectField {...props} />;
  if (schema.type === 'boolean') return <BooleanControl {...props} />;
  if (schema.type === 'integer' || schema.type === 'number') return <NumberControl {...props} />;
  if (schema.type === 'string') return <TextControl {...props} />;
  if (schema.type === 'array') return <ListField {...props} />;
  return <JsonControl {...props} />;
}

function ListField(props: FieldProps) {
  const { items } = props.schema;
  if (items?.enum) return <ChoicesControl {...props} />;
  if (items?.properties) return <RowsField {...props} items={items} />;
  if (items?.type === 'string' || items?.type === 'integer' || items?.type === 'number') return <LinesControl {...props} />;
  return <JsonControl {...props} />;
}

/** A part of the form. An optional one is folded until somebody needs it. */
function ObjectField(props: FieldProps) {
  const { schema, path, required, value } = props;
  const { findings } = useContext(FormContext);
  if (path.length === 0) return <Properties {...props} />;
  const pointer = pointerOf(path);
  const id = fieldId(pointer);
  // Of properties of which one is needed the choice says what is wrong.
  const finding = alternatives(withBranch(schema, value)).length === 0 && <Finding id={id} text={findings.get(pointer)} />;
  if (required) {
    return (
      <fieldset class="part">
        <legend>{labelOf(schema, path)}</legend>
        <Hint id={id} schema={schema} />
        <Properties {...props} />
        {finding}
      </fieldset>
    );
  }
  const hasFindings = [...findings.keys()].some((place) => place === pointer || place.startsWith(`${pointer}/`));
  return (
    <details class="part" open={hasFindings || (isObject(value) && Object.keys(value).length > 0)}>
      <summary>
        <LabelText schema={schema} path={path} required={false} />
      </summary>
      <Hint id={id} schema={schema} />
      <Properties {...props} />
      {finding}
    </details>
  );
}

function Properties({ schema, path, value }: FieldProps) {
  const effective = withBranch(schema, value);
  const { properties = {}, required = [] } = effective;
  const draft = isObject(value) ? value : {};
  const either = alternatives(effective);
  const field = (name: string, inner: JsonSchema, needed: boolean) => (
    <SchemaField key={name} schema={inner} path={[...path, name]} value={draft[name]} required={needed} />
  );
  // What must be filled in comes first.
  const others = Object.entries(properties).filter(([name]) => !either.includes(name));
  const ordered = [...others.filter(([name]) => required.includes(name)), ...others.filter(([name]) => !required.includes(name))];
  const plain = ordered.filter(([, inner]) => !isPart(inner));
  const parts = ordered.filter(([, inner]) => isPart(inner));
  return (
    <>
      {either.length > 0 && <Either names={either} schema={effective} path={path} draft={draft} />}
      <div class="fields">{plain.map(([name, inner]) => field(name, inner, required.includes(name)))}</div>
      {parts.map(([name, inner]) => field(name, inner, required.includes(name)))}
    </>
  );
}

function isPart({ properties, items }: JsonSchema): boolean {
  return properties !== undefined || items?.properties !== undefined;
}

interface EitherProps {
  readonly names: readonly string[];
  readonly schema: JsonSchema;
  readonly path: FieldProps['path'];
  readonly draft: Readonly<Record<string, unknown>>;
}

/** Properties of which exactly one is given: one chooses which, then fills it in. */
function Either({ names, schema, path, draft }: EitherProps) {
  const { change, findings } = useContext(FormContext);
  const [picked, setPicked] = useState(names[0] ?? '');
  const chosen = names.find((name) => draft[name] !== undefined) ?? picked;
  const pointer = pointerOf(path);
  const inner = schema.properties?.[chosen];
  return (
    <fieldset class="part">
      <legend>Which</legend>
      <div class="choices">
        {names.map((name) => (
          <label key={name}>
            <input
              type="radio"
              name={fieldId(`${pointer}/which`)}
              checked={name === chosen}
              onChange={() => {
                const { [chosen]: _, ...others } = draft;
                setPicked(name);
                change(path, others);
              }}
            />
            {labelOf({}, [name])}
          </label>
        ))}
      </div>
      {inner && <SchemaField schema={inner} path={[...path, chosen]} value={draft[chosen]} required />}
      <Finding id={fieldId(pointer)} text={findings.get(pointer)} />
    </fieldset>
  );
}

/** A list of objects: a row for each. */
function RowsField({ schema, items, path, value, required }: FieldProps & { readonly items: JsonSchema }) {
  const { change, findings } = useContext(FormContext);
  const rows = Array.isArray(value) ? (value as unknown[]) : [];
  const pointer = pointerOf(path);
  const id = fieldId(pointer);
  return (
    <fieldset class="part">
      <legend>
        <LabelText schema={schema} path={path} required={required} />
      </legend>
      <Hint id={id} schema={{ ...schema, ...(schema.description === undefined && items.description !== undefined ? { description: items.description } : {}) }} />
      {rows.map((row, index) => (
        <div key={index} class="row" role="group" aria-label={`${labelOf(schema, path)} ${index + 1}`}>
          <Properties schema={items} path={[...path, index]} value={row} required />
          <button type="button" class="small quiet" aria-label={`Remove ${labelOf(schema, path).toLowerCase()} ${index + 1}`} onClick={() => { change([...path, index], undefined); }}>
            <Icon name="cross" />
          </button>
          <Finding id={fieldId(`${pointer}/${index}`)} text={findings.get(`${pointer}/${index}`)} />
        </div>
      ))}
      <Finding id={id} text={findings.get(pointer)} />
      <button type="button" class="small" onClick={() => { change([...path, rows.length], {}); }}>
        <Icon name="plus" />
        Add to {labelOf(schema, path).toLowerCase()}
      </button>
    </fieldset>
  );
}
