import { HEALTH_CHANGED } from './definitions/dataset.js';

/** Task queue of the worker. */
export const HIERARCHY_QUEUE = 'hierarchy';
/** Topic of the events. */
export const HIERARCHY_TOPIC = 'hierarchy';
/** Stands before the name of an event in the type of its CloudEvent. */
export const EVENT_PREFIX = 'tributary.hierarchy';
/** Type of the CloudEvent that tells of another health. */
export const HEALTH_EVENT_TYPE = `${EVENT_PREFIX}.${HEALTH_CHANGED}`;
