import { Secret } from '@tributary/common';
import pgpass from 'pgpass';
import type { SourceAddress } from './source-url.js';

export interface PasswordSources {
  readonly env: NodeJS.ProcessEnv;
  /** Asks the user without showing what is typed; undefined where there is nobody to ask. */
  readonly ask?: (question: string) => Promise<string>;
}

export interface FoundPassword {
  readonly password: Secret;
  readonly from: 'PGPASSWORD' | 'pgpass' | 'prompt';
}

/**
 * Password for a source: `PGPASSWORD`, then `~/.pgpass` (or `PGPASSFILE`), then a prompt. Undefined when none of them has
 * one, or nothing was typed, as is right for databases that trust us.
 */
export async function findPassword(source: SourceAddress, { env, ask }: PasswordSources): Promise<FoundPassword | undefined> {
  const given = env['PGPASSWORD'];
  if (given) return { password: new Secret(given), from: 'PGPASSWORD' };
  const kept = await fromPgpass(source);
  if (kept) return { password: new Secret(kept), from: 'pgpass' };
  const typed = await ask?.(`Password of ${source.user} at ${source.host}:${source.port}: `);
  return typed ? { password: new Secret(typed), from: 'prompt' } : undefined;
}

function fromPgpass({ host, port, user, database }: SourceAddress): Promise<string | undefined> {
  return new Promise((resolve) => { pgpass({ host, port, user, database }, resolve); });
}
