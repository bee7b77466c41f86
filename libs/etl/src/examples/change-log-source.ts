import { Type } from '@sinclair/typebox';
import { definePagedSource } from '../index.js';
import { CHANGE_LOG_REFUSED, CHANGE_LOG_UNAVAILABLE } from './errors.js';

/** One entry of the change log, as its API gives it. */
interface Change {
  readonly id: number;
  readonly document: string;
  readonly kind: 'created' | 'edited' | 'deleted';
  readonly at: string;
  readonly author: string | null;
  readonly reviewers: readonly string[];
}

interface ChangePage {
  readonly changes: readonly Change[];
  readonly next_page_token?: string;
}

/** Change logs of spaces, behind `GET <url>/spaces/<space>/changes?since=…&page_token=…`. */
export function changeLogSource({ url }: { readonly url: string }) {
  return definePagedSource({
    type: 'ChangeLogQuery',
    sourceKindId: 'change-log',
    args: { spaces: Type.Array(Type.String({ minLength: 1 }), { minItems: 1, description: 'Names of spaces.' }) },

    // One chain of pages for each space; each is a line of the report.
    units: ({ args }) => args.spaces.map((space) => ({ key: space })),

    page: async ({ window }, cursor, { unit, since, signal }) => {
      const changes = new URL(`${url}/spaces/${encodeURIComponent(unit.key)}/changes`);
      changes.searchParams.set('since', since ?? window.start);
      if (typeof cursor === 'string') changes.searchParams.set('page_token', cursor);
      const { changes: records, next_page_token: next } = await getJson<ChangePage>(changes, signal);
      return { records, next };
    },

    transform: ({ id, document, kind, at, author, reviewers }: Change) => [
      {
        id: `change-${id}`,
        parentId: `document-${document}`,
        type: `document.${kind}`,
        time: at,
        actor: author,
        properties: { document },
        people: { reviewers },
      },
    ],

    reference: ({ id }) => `change ${id}`,
  });
}

async function getJson<T>(url: URL, signal: AbortSignal): Promise<T> {
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]) });
  if (response.ok) return (await response.json()) as T;
  const { status } = response;
  // 429 and 5xx pass; any other refusal stays one however often it is tried.
  throw status === 429 || status >= 500 ? CHANGE_LOG_UNAVAILABLE({ status }) : CHANGE_LOG_REFUSED({ status });
}
