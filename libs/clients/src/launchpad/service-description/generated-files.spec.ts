import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceDescription } from './description.js';
import { formatDescription } from './format-description.js';
import { generatedFiles } from './generated-files.js';
import { SELECTION } from './selection.js';

const file = (name: string): string => readFileSync(join(__dirname, name), 'utf8');

describe('the generated files', () => {
  const files = generatedFiles(serviceDescription());

  it.each(Object.keys(files))('has an up-to-date %s (npx nx run clients:generate-launchpad)', (name) => {
    expect(file(name)).toBe(files[name]);
  });

  it('have their description in the form that its generator writes', () => {
    expect(file('devel.json')).toBe(formatDescription(serviceDescription()));
  });

  it('describe all that is selected', () => {
    const { types } = serviceDescription();
    const described = Object.entries(types).map(([name, { operations }]) => [name, Object.keys(operations).sort()]);
    const selected = Object.entries(SELECTION).map(([name, operations]) => [name, [...operations].sort()]);
    expect(Object.fromEntries(described)).toEqual(Object.fromEntries(selected));
  });

  it('hold no texts but names, types and values', () => {
    for (const resource of Object.values(serviceDescription().types)) {
      for (const field of Object.values(resource.fields ?? {})) {
        const keys = Object.keys(field);
        expect(['type', 'to', 'values', 'list', 'required', 'nullable', 'writable']).toEqual(expect.arrayContaining(keys));
      }
    }
  });
});
