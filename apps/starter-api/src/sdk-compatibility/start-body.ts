import { SDK_UNSUPPORTED } from '../errors.js';
import { credentialsOf, isObject, type SdkBody } from './credentials.js';
import type { SdkConfigs } from './sdk-configs.js';

export interface StartBody {
  readonly body: SdkBody;
  readonly credentials: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A body of start with what it refers to: by `workflow_id` the saved configuration, over which its own properties go; by
 * `credential_guid`, or `{"credential_ref": {"credential_guid": …}}`, the saved credentials.
 * @throws CodedError SDK_CONFIG_UNKNOWN, SDK_UNSUPPORTED, API_STATE_UNAVAILABLE
 */
export async function startBodyOf(request: SdkBody, configs: SdkConfigs): Promise<StartBody> {
  const { workflow_id: workflowId, ...own } = request;
  const saved = workflowId === undefined || workflowId === '' ? {} : await configs.get('workflows', idOf(workflowId, 'workflow_id'));
  const body = { ...saved, ...own };
  const reference = isObject(body['credential_ref']) ? body['credential_ref'] : body;
  const guid = reference['credential_guid'];
  if (guid === undefined || guid === '') return { body, credentials: credentialsOf(body) };
  return { body, credentials: await configs.get('credentials', idOf(guid, 'credential_guid')) };
}

function idOf(value: unknown, name: string): string {
  if (typeof value === 'string' && /^[A-Za-z0-9_.~-]{1,100}$/.test(value)) return value;
  throw SDK_UNSUPPORTED({ what: `a ${name} of another form`, instead: `Send the id under which POST /workflows/v1/config/{id} has saved it.` });
}
