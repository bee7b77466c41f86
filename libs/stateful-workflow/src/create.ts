import { NO_COUNTERS } from './control/dead-letters.js';
import { rememberTold } from './control/events.js';
import type { CoreState } from './core-state.js';
import { checkCredential, inheritanceProblem, isUrl } from './credentials/check.js';
import { definedCredential } from './credentials/inheritance.js';
import { inherit, settleInheritance } from './credentials/settings.js';
import type { NewEntity, Entities } from './definitions/entity.js';
import type { EntityWorkflow } from './definitions/workflow.js';
import type { StartInput } from './effects.js';
import { STATEFUL_MESSAGE_INVALID } from './errors.js';
import { linkKey } from './links/link.js';
import { addOwner } from './links/owners.js';
import { applyPatches } from './links/receive.js';
import { FIRST_LOAD } from './loading/loads.js';
import type { Credential, Inheritance, Moment } from './messages.js';
import { Author } from './state/author.js';
import type { Patch } from './state/patch.js';
import { PersistentMap } from './state/persistent-map.js';
import { recountRollups } from './state/rollups.js';
import { stampOf, tick, type Clock } from './state/stamp.js';
import { emptyStore, isKnown } from './state/store.js';
import { StoreWriter } from './state/store-writer.js';
import { Work } from './work.js';
import { workflowName } from './children/workflow-id.js';

export interface CreateOptions {
  /** Whether literal credentials may be kept: only where payloads are encrypted. @default false */
  readonly allowLiteral?: boolean;
  /** Whether this run replaces an earlier one whose state is lost, as a retry does: the owner is asked for everything. @default false */
  readonly resync?: boolean;
}

/**
 * The state of a workflow that begins.
 * @throws CodedError STATEFUL_MESSAGE_INVALID when the input lacks the entity itself
 */
export function create(
  definition: EntityWorkflow,
  input: StartInput,
  moment: Moment,
  { allowLiteral = false, resync = false }: CreateOptions = {},
): CoreState {
  const work = new Work(definition, blank(definition, input, allowLiteral), moment);
  const { owner } = input;
  applyPatches(
    work,
    input.patches,
    owner === undefined ? 'start' : linkKey('up', owner.workflow),
    owner?.workflow ?? 'start',
  );
  if (input.type !== definition.type || !isKnown(work.store, input.type, input.id)) {
    throw STATEFUL_MESSAGE_INVALID({ problem: `the start of a ${definition.type} does not hold it` });
  }
  if (owner !== undefined) addOwner(work, { ...owner, ...(input.up && { up: input.up }) });
  const apiUrl = input.apiUrl ?? definition.apiUrl;
  work.next.apiUrl = { ...work.next.apiUrl, own: apiUrl };
  if (input.inherit) begin(work, owner?.workflow, input.inherit);
  settleInheritance(work);
  recountRollups(work);
  rememberTold(work);
  if (resync && owner !== undefined)
    work.next.acksDue = work.next.acksDue.set(linkKey('down', owner.workflow), 'resync');
  return work.finish();
}

/** At the top of a tree, what is passed on at the start is the workflow's own. */
function begin(work: Work, owner: string | undefined, given: Inheritance): void {
  if (owner !== undefined) {
    inherit(work, owner, given);
    return;
  }
  const problem = inheritanceProblem(given, work.next.allowLiteral);
  if (problem !== undefined) work.putAside('start', 'STATEFUL_MESSAGE_INVALID', problem);
  else if (given.credential?.value && work.definition.credential === 'inherit') {
    work.next.ownCredential = { value: given.credential.value, stamp: given.credential.stamp };
  }
}

/** How a workflow at the top of a tree starts. */
export interface TopStart<E extends Entities, N extends string> {
  readonly entity: NewEntity<E, N>;
  /** Stands before all workflow ids of the tree: `prod/`. @default none */
  readonly prefix?: string;
  readonly credential?: Credential;
  readonly apiUrl?: string;
}

/**
 * Checks an entity and makes the input of its workflow from it. The workflow id is in the result.
 * @throws CodedError STATEFUL_MESSAGE_INVALID, STATEFUL_LITERAL_REFUSED
 */
export function startInput<E extends Entities, N extends string, A, V>(
  definition: EntityWorkflow<E, N, A, V>,
  { entity, prefix = '', credential, apiUrl }: TopStart<E, N>,
  { at }: Pick<Moment, 'at'>,
  { allowLiteral = false }: Pick<CreateOptions, 'allowLiteral'> = {},
): StartInput {
  const patches: Patch[] = [];
  const writer = new StoreWriter(definition.model, emptyStore(definition.model), 0);
  let clock: Clock = { time: 0, count: 0 };
  const nextStamp = () => stampOf((clock = tick(clock, at)), 'start');
  const commit = (patch: Patch): void => void (writer.apply(patch) && patches.push(patch));
  const id = new Author({ model: definition.model, root: '', store: () => writer.store, nextStamp, commit }).put(
    definition.type,
    entity,
  );
  if (credential) checkCredential(credential, allowLiteral);
  if (apiUrl !== undefined && !isUrl(apiUrl))
    throw STATEFUL_MESSAGE_INVALID({ problem: 'apiUrl is no http or https URL without a user' });
  return {
    type: definition.type,
    id,
    workflow: `${prefix}${workflowName(definition.type, id)}`,
    level: 0,
    patches,
    ...(credential && { inherit: { credential: { value: credential, stamp: nextStamp() } } }),
    ...(apiUrl !== undefined && { apiUrl }),
  };
}

function blank(
  definition: EntityWorkflow,
  { type, id, workflow, level }: StartInput,
  allowLiteral: boolean,
): CoreState {
  return {
    self: { type, id, workflow, level },
    status: 'running',
    clock: { time: 0, count: 0 },
    store: emptyStore(definition.model),
    touched: PersistentMap.empty(),
    links: PersistentMap.empty(),
    unsent: PersistentMap.empty(),
    awaiting: PersistentMap.empty(),
    received: PersistentMap.empty(),
    acksDue: PersistentMap.empty(),
    lastEpoch: 0,
    owners: [],
    subscribers: [],
    children: PersistentMap.empty(),
    attention: PersistentMap.empty(),
    loads: Object.fromEntries(Object.keys(definition.loaders).map((name) => [name, FIRST_LOAD])),
    credential: undefined,
    ownCredential: definedCredential(definition),
    offeredCredential: undefined,
    apiUrl: { own: undefined, inherited: undefined, offered: undefined },
    rollups: {},
    told: {},
    calls: [],
    remembered: [],
    outcomes: [],
    inbox: [],
    deadLetters: [],
    counters: NO_COUNTERS,
    allowLiteral,
  };
}
