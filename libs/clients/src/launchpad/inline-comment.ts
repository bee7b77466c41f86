/** A comment on a line of a preview diff, as `getInlineComments` gives it. */
export interface InlineComment {
  /** Line of the diff, as text, from 1. */
  readonly line_number: string;
  /** The author's entry. */
  readonly person: Readonly<Record<string, unknown>> & { readonly self_link?: string; readonly name?: string };
  readonly text: string;
  /** RFC 3339 in UTC. */
  readonly date: string;
}
