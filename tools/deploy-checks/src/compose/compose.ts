import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { workspaceRoot } from '../workspace.js';

export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly args: Readonly<Record<string, string | number>> };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number | null>>;
  readonly network_mode?: string;
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly stop_grace_period?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
}

/** docker-compose.yml with its anchors and merges resolved, and with the default of every setting. */
export function readCompose(): ComposeFile {
  const text = readFileSync(join(workspaceRoot, 'docker-compose.yml'), 'utf8');
  return parse(withDefaults(text), { merge: true }) as ComposeFile;
}

/** What `${NAME:-value}` stands for where NAME is not set. */
function withDefaults(text: string): string {
  return text.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1');
}

/** A service of the file. @throws Error when there is none of that name */
export function serviceOf({ services }: ComposeFile, name: string): ComposeService {
  const service = services[name];
  if (!service) throw new Error(`docker-compose.yml has no service ${name}`);
  return service;
}
