/** JSON Schema of one property, with its description. */
export type PropertySchema = Readonly<Record<string, unknown>> & { readonly description: string };

/** One type of event. */
export interface EventDefinition {
  /** What happened. */
  readonly when: string;
  /** Who is said to have done it: Launchpad's own field. */
  readonly actor: string;
  /** Where its time comes from. */
  readonly time: string;
  /** Form of the id; words in braces are filled in. */
  readonly id: string;
  readonly parent: string;
  readonly properties: Readonly<Record<string, PropertySchema>>;
  /** Properties that are there in every event of the type; others stay away when Launchpad redacts them. */
  readonly required: readonly string[];
  /** Properties that hold people: a Launchpad name in a draft, an employee id in an event. */
  readonly people: Readonly<Record<string, string>>;
}

/** Properties with what is always there among them. */
export type Properties = Readonly<Record<string, PropertySchema>>;

export const text = (description: string): PropertySchema => ({ type: ['string', 'null'], description });
export const wholeText = (description: string): PropertySchema => ({ type: 'string', description });
export const integer = (description: string): PropertySchema => ({ type: ['integer', 'null'], description });
export const id = (description: string): PropertySchema => ({ type: 'integer', minimum: 0, description });
export const size = (description: string): PropertySchema => ({ type: ['integer', 'null'], minimum: 0, description });
export const flag = (description: string): PropertySchema => ({ type: ['boolean', 'null'], description });
export const texts = (description: string): PropertySchema => ({ type: ['array', 'null'], items: { type: 'string' }, description });
export const time = (description: string): PropertySchema => ({ type: ['string', 'null'], description: `${description}, as Launchpad writes it` });

/** A text that people wrote: its size always, itself only when bodies are asked for. */
export function bodyOf(name: string, what: string): Properties {
  return {
    [`${name}_size`]: size(`Size of ${what} in bytes of UTF-8; null when there is none, or it was deleted or hidden`),
    [name]: text(`${what.charAt(0).toUpperCase()}${what.slice(1)}; only when bodies are asked for`),
  };
}

export const MESSAGE: Properties = {
  ...bodyOf('content', 'the text'),
  visible: flag('False when an administrator hid it'),
  deleted: { type: 'boolean', description: 'Whether its author deleted it' },
  date_last_edited: time('When it was last edited'),
};
