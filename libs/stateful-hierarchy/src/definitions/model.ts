import { entity, model, obj, type Field } from '@tributary/stateful-workflow';
import { counts, health, id, kind, maybe, multiple, name, parts, seconds, some, time, whole } from './fields.js';
import type { Limits } from './health.js';

const limits = (): Field<{ -readonly [K in keyof Limits]: Limits[K] }> => obj({ lateAfter: multiple(), staleAfter: multiple() });

/** organization -> source -> dataset. */
export const hierarchy = model(
  entity('Organization', {
    id: id(),
    name: name(),
    health: health(),
    sources: parts('Source'),
    /** The same sources by kind, for each kind has its own workflow. */
    catalogs: some('Source'),
    projects: some('Source'),
    thresholds: some('Thresholds'),
  }),
  entity('Source', {
    id: id(),
    name: name(),
    kind: kind(),
    health: health(),
    /** Of its datasets. */
    counts: counts(),
    datasets: parts('Dataset'),
    thresholds: some('Thresholds'),
  }),
  entity('Dataset', {
    id: id(),
    name: name(),
    owner: maybe(name()),
    sizeBytes: maybe(whole()),
    lastLoadedAt: maybe(time()),
    /** How often it is meant to be loaded. */
    expectedSeconds: maybe(seconds()),
    /** Age as a multiple of that, in quarters, as of the latest load. */
    lateness: maybe(multiple()),
    /** The thresholds that apply. */
    limits: maybe(limits()),
    health: health(),
    /** The dataset itself: what is worked out from its own fields is a roll-up over this one. */
    self: some('Dataset'),
    thresholds: some('Thresholds'),
  }),
  /** Shared by all that it applies to: who writes to it reaches what is below, and no more. */
  entity('Thresholds', { id: id(), lateAfter: multiple(), staleAfter: multiple() }),
);

/** Id of the one entity of that type in each tree. */
export const THRESHOLDS = 'standard';
