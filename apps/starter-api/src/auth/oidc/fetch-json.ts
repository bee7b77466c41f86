import { isLoopback } from '../../plugins/origin-guard.js';
import { AUTH_ISSUER_UNAVAILABLE } from '../errors.js';

const TIMEOUT_MS = 5_000;
const BYTES_MAX = 256 * 1024;

/** Whether keys may come from there: nobody can change them on the way. */
export function isTrustworthyUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname.replace(/^\[(.*)\]$/, '$1')));
}

/**
 * A JSON document of the token issuer: no redirects, 5 s and 256 KB at most.
 * @throws AUTH_ISSUER_UNAVAILABLE
 */
export async function fetchJson(url: string): Promise<unknown> {
  try {
    const answer = await fetch(url, { redirect: 'error', headers: { accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (answer.status !== 200) {
      await answer.body?.cancel();
      throw new Refusal(`it answers ${answer.status}`);
    }
    return JSON.parse(await boundedText(answer)) as unknown;
  } catch (error) {
    throw AUTH_ISSUER_UNAVAILABLE({ problem: problemOf(error) }, { cause: error });
  }
}

class Refusal extends Error {}

async function boundedText(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop ends the download.
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > BYTES_MAX) throw new Refusal(`it answers with more than ${BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function problemOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  if (error instanceof SyntaxError) return 'it answers with what is no JSON';
  return (error as Error).name === 'TimeoutError' ? `no answer within ${TIMEOUT_MS / 1_000} s` : 'it cannot be reached';
}
