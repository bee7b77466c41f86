import { Type } from '@sinclair/typebox';

/** The 200 of a route that streams server-sent events: its schema is that of each event. */
export function eventResponse(description: string, names: readonly string[]): never {
  const schema = Type.Object(
    {
      event: Type.Unsafe<string>({ type: 'string', enum: [...names] }),
      data: Type.String({ description: 'A JSON document.' }),
      id: Type.Optional(Type.String()),
    },
    { description: 'One event.' },
  );
  return { description, content: { 'text/event-stream': { schema } } } as never;
}
