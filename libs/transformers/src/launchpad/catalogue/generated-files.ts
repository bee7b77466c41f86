import { eventSchema } from './json-schema.js';

/** Texts of the files that are generated from the event catalogue, by path from the root of the repository. */
export function generatedFiles(): Readonly<Record<string, string>> {
  return { 'libs/transformers/schemas/event.schema.json': `${JSON.stringify(eventSchema(), null, 2)}\n` };
}
