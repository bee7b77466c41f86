import { isSecretRef } from '@tributary/common';
import { isObject } from '../json.js';
import type { Credential, MessageBody } from '../messages.js';

/** Takes a credential as people write it. Whether it may be used is for the core to say. */
export function toCredential(input: unknown, known: Credential | undefined): Credential {
  if (isSecretRef(input)) return { kind: 'reference', ref: input, minVersion: 0 };
  if (typeof input === 'string') return { kind: 'literal', value: input, version: known?.kind === 'literal' ? known.version : 0 };
  if (isObject(input) && input['kind'] === undefined && 'ref' in input) return { minVersion: 0, ...input, kind: 'reference' } as Credential;
  return input as Credential;
}

/** What a client asks for by a signal or an update of that name; its form is checked where it is used. */
export function toMessage(name: string, args: readonly unknown[], known: Credential | undefined): MessageBody {
  const [first] = args;
  const fields = isObject(first) ? first : {};
  switch (name) {
    case 'apiToken':
      return { kind: 'credential', credential: toCredential(first, known) };
    case 'apiUrl':
      return { kind: 'apiUrl', url: first as string | null };
    case 'pause':
    case 'resume':
      return { kind: name };
    case 'load':
      return { kind: 'load', ...(first !== undefined && first !== null && { loader: first as string }) };
    case 'subscribe':
      return { subscription: 'default', ...fields, kind: 'subscribe' } as MessageBody;
    case 'unsubscribe':
      return { subscription: 'default', ...fields, kind: 'unsubscribe' } as MessageBody;
    default:
      return { kind: name } as never;
  }
}
