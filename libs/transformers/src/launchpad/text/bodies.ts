/** Size in bytes of UTF-8; undefined when the text was redacted, null when there is none. */
export function sizeOf(text: string | null | undefined): number | null | undefined {
  return text == null ? text : new TextEncoder().encode(text).length;
}

/** `name` with the text itself, when bodies are wanted, and `name_size` in any case. */
export function body(name: string, text: string | null | undefined, wanted: boolean): Readonly<Record<string, unknown>> {
  return { [`${name}_size`]: sizeOf(text), ...(wanted && { [name]: text }) };
}

interface Message {
  readonly content?: string | null;
  readonly visible?: boolean | null;
  readonly date_deleted?: string | null;
  readonly date_last_edited?: string | null;
}

/**
 * What is told of a message. Of one that was deleted or hidden neither text nor size: some callers may still read it,
 * and who runs the flow must not change the event.
 */
export function messageProperties({ content, visible, date_deleted, date_last_edited }: Message, wanted: boolean): Readonly<Record<string, unknown>> {
  const deleted = date_deleted != null;
  const readable = !deleted && visible !== false;
  return { ...body('content', readable ? content : null, wanted), visible, deleted, date_last_edited };
}
