export { entityClient } from './entity-client.js';
export type { EntityChange, EntityClient, EntityClientOptions, EntityRef, NormalizedState, StartOptions } from './entity-client.js';
export type { FollowOptions } from './changes.js';
export { EntityRefusal } from './refusal.js';
export type { ChildEntry, EntityHealth, EntityProgress } from '../workflow/queries.js';
export type { StatePage, StatePlace, StateQuestion } from '../workflow/state-page.js';
export type { CredentialInput } from '../workflow/contract.js';
export { UPGRADE_SIGNAL } from '../workflow/contract.js';
