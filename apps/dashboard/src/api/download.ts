import { send } from './client.js';

const KEPT_MS = 60_000;

/**
 * Saves an answer as a file. A link could not carry the key; the browser keeps the bytes on disk where they are many.
 * @throws ApiFailure
 */
export async function download(href: string, name: string): Promise<void> {
  const answer = await send('GET', href);
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(url); }, KEPT_MS);
}
