import type { StateStore } from '@tributary/clients';
import { findCredential } from '@tributary/workflow-contracts/schemas';
import { INPUT_HOLDS_CREDENTIAL } from '../errors.js';
import { NamedDocuments, type DocumentPage, type NamedDocument } from '../state/named-documents.js';
import type { Precondition } from '../state/precondition.js';
import { CONFIGURATION_UNKNOWN } from './errors.js';

const PREFIX = 'starter-api/configurations';

/** What a run is started with, saved under a name. */
export interface Configuration {
  readonly description?: string;
  /** Slug of the run type. */
  readonly runType: string;
  /** Input of the run, as its type's schema has it. */
  readonly input: Readonly<Record<string, unknown>>;
}

export type SavedConfiguration = NamedDocument<Configuration>;

/** Saved configurations, in the state store. Holds no credential: what looks like one is refused. */
export class ConfigurationStore {
  private readonly documents: NamedDocuments<Configuration>;

  constructor(state: StateStore) {
    this.documents = new NamedDocuments(state, PREFIX);
  }

  /** @throws CodedError CONFIGURATION_UNKNOWN, API_STATE_UNAVAILABLE */
  async get(name: string): Promise<SavedConfiguration> {
    const found = await this.documents.get(name);
    if (!found) throw CONFIGURATION_UNKNOWN({ name });
    return found;
  }

  /** In order of their names. @throws CodedError API_STATE_UNAVAILABLE */
  list(page: { readonly after?: string; readonly limit: number }): Promise<DocumentPage<Configuration>> {
    return this.documents.list(page);
  }

  /**
   * Saves a configuration whose input has been checked against the schema of its run type.
   * @throws CodedError INPUT_HOLDS_CREDENTIAL, API_PRECONDITION_FAILED, API_STATE_FULL, API_STATE_BUSY, API_STATE_UNAVAILABLE
   */
  async put(name: string, configuration: Configuration, precondition: Precondition): Promise<{ document: SavedConfiguration; created: boolean }> {
    const pointer = findCredential(configuration);
    if (pointer !== undefined) throw INPUT_HOLDS_CREDENTIAL({ pointer });
    return this.documents.put(name, configuration, precondition);
  }

  /** @throws CodedError CONFIGURATION_UNKNOWN, API_PRECONDITION_FAILED, API_STATE_BUSY, API_STATE_UNAVAILABLE */
  async delete(name: string, precondition: Precondition): Promise<void> {
    if (!(await this.documents.delete(name, precondition))) throw CONFIGURATION_UNKNOWN({ name });
  }
}
