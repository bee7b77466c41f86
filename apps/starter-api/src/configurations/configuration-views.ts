import type { Static } from '@sinclair/typebox';
import { API_PAGE_TOKEN_INVALID } from '../errors.js';
import type { DocumentPage } from '../state/named-documents.js';
import type { Configuration, SavedConfiguration } from './configuration-store.js';
import type { ConfigurationListSchema, ConfigurationSchema, ConfigurationSummarySchema } from './schemas.js';

const NAME = /^[a-z0-9-]{1,64}$/;

/** A saved configuration without its input, as lists show it. */
function summaryOf({ name, value, revision, createdAt, updatedAt }: SavedConfiguration): Static<typeof ConfigurationSummarySchema> {
  const { description, runType } = value;
  const self = `/v1/configurations/${name}`;
  return {
    name,
    ...(description === undefined ? {} : { description }),
    runType,
    etag: entityTag(revision),
    createdAt,
    updatedAt,
    links: { self, start: `${self}/start` },
  };
}

/** A saved configuration, as it is answered. */
export function viewOf(saved: SavedConfiguration): Static<typeof ConfigurationSchema> {
  return { ...summaryOf(saved), input: { ...saved.value.input } };
}

/** A page of the list. */
export function listOf({ documents, next }: DocumentPage<Configuration>): Static<typeof ConfigurationListSchema> {
  const nextPageToken = next === undefined ? {} : { nextPageToken: Buffer.from(next).toString('base64url') };
  return { configurations: documents.map(summaryOf), ...nextPageToken };
}

/** The name that a page token stands for. @throws CodedError API_PAGE_TOKEN_INVALID */
export function nameOfPageToken(token: string): string {
  const name = Buffer.from(token, 'base64url').toString();
  if (!NAME.test(name)) throw API_PAGE_TOKEN_INVALID();
  return name;
}

/** ETag of a revision. */
export function entityTag(revision: string): string {
  return `"${revision}"`;
}
