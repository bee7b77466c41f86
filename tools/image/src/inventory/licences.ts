import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LockedPackage } from '../lock/lock-file.js';

/** Licences that let us ship a package in an image, in lower case. */
const PERMISSIVE = new Set(['0bsd', 'apache-2.0', 'blueoak-1.0.0', 'bsd-2-clause', 'bsd-3-clause', 'cc0-1.0', 'cc-by-4.0', 'isc', 'mit', 'python-2.0', 'unlicense', 'zlib']);

/** Licences of packages whose package.json does not say it, read from their LICENSE file. */
const READ_BY_HAND: Readonly<Record<string, string>> = { unionfs: 'Unlicense' };

/** The licence that a package names, as an SPDX expression. */
export function licenceOf({ name, licence }: LockedPackage): string {
  return licence ?? READ_BY_HAND[name] ?? 'unknown';
}

/** Whether an SPDX expression allows use under permissive licences alone. */
export function isPermissive(expression: string): boolean {
  const alternatives = expression.replaceAll(/[()]/g, '').toLowerCase().split(' or ');
  return alternatives.some((alternative) => alternative.split(' and ').every((licence) => PERMISSIVE.has(licence.trim())));
}

/** The list of licences that goes with an image: a table of all packages, then the texts that they come with. */
export async function licenceList(workspaceRoot: string, packages: readonly LockedPackage[]): Promise<string> {
  const rows = packages.map((one) => `${one.name} ${one.version}: ${licenceOf(one)}`);
  const texts: string[] = [];
  for (const { name, version, path } of packages) {
    for (const text of await legalTexts(join(workspaceRoot, path))) texts.push(`${'='.repeat(80)}\n${name} ${version}\n\n${text.trim()}`);
  }
  return `Packages in this image, and their licences\n\n${rows.join('\n')}\n\n${texts.join('\n\n')}\n`;
}

async function legalTexts(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^(?:licen[cs]e|notice|copying)[^/]*$/i.test(name)).sort();
  return Promise.all(names.filter((name) => !/\.(?:js|cjs|mjs|json)$/.test(name)).map((name) => readFile(join(folder, name), 'utf8')));
}
