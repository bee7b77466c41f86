import type { ServiceDescription } from './description.js';
import { formatDescription } from './format-description.js';
import { generateOperations, generateResources } from './generate-types.js';
import { readWadl } from './read-wadl.js';
import { SELECTION } from './selection.js';

/** Text of `devel.json`, made from a WADL. */
export function descriptionFile(wadl: string): string {
  return formatDescription(readWadl(wadl, SELECTION));
}

/** Generated files of this folder, by name. */
export function generatedFiles(description: ServiceDescription): Readonly<Record<string, string>> {
  return {
    'operations.generated.ts': generateOperations(description),
    'resources.generated.ts': generateResources(description),
  };
}
