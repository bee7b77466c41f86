import type { StateStore } from '@tributary/clients';
import { isCodedError } from '@tributary/common';
import { API_STATE_BUSY, SDK_CONFIG_UNKNOWN } from '../errors.js';
import { NamedDocuments } from '../state/named-documents.js';
import { refuseCredentials, type SdkBody } from './credentials.js';

export type SdkConfigType = 'workflows' | 'credentials';

const ATTEMPTS = 10;

/** Configurations in the SDK's form: what start takes, and credentials with references in place of passwords. */
export class SdkConfigs {
  private readonly documents: Readonly<Record<SdkConfigType, NamedDocuments<SdkBody>>>;

  constructor(state: StateStore) {
    const of = (type: SdkConfigType) => new NamedDocuments<SdkBody>(state, `starter-api/sdk-${type}`);
    this.documents = { workflows: of('workflows'), credentials: of('credentials') };
  }

  /** @throws CodedError SDK_CONFIG_UNKNOWN, API_STATE_UNAVAILABLE */
  async get(type: SdkConfigType, id: string): Promise<SdkBody> {
    const found = await this.documents[type].get(id);
    if (!found) throw SDK_CONFIG_UNKNOWN({ id, type });
    return found.value;
  }

  /**
   * Puts the properties of a configuration over those that it has, and gives all.
   * @throws CodedError SDK_CREDENTIAL_REFUSED, API_STATE_BUSY, API_STATE_UNAVAILABLE
   */
  async merge(type: SdkConfigType, id: string, changes: SdkBody): Promise<SdkBody> {
    refuseCredentials(changes);
    const documents = this.documents[type];
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const known = await documents.get(id);
      const merged = { ...known?.value, ...changes };
      try {
        await documents.put(id, merged, known ? { revisions: [known.revision] } : 'absent');
        return merged;
      } catch (error) {
        // Somebody else has merged something: over that, again.
        if (!isCodedError(error) || error.code !== 'API_PRECONDITION_FAILED') throw error;
      }
    }
    throw API_STATE_BUSY();
  }
}
