import { metrics } from '../../telemetry/metrics.js';

export const requests = metrics.counter({
  name: 'launchpad_requests_total',
  help: 'Requests to Launchpad by host and status; "timeout" and "broken" are those without an answer',
  labels: ['host', 'status'],
});

export const retries = metrics.counter({
  name: 'launchpad_retries_total',
  help: 'Requests to Launchpad that were sent again, by host and what happened to the one before',
  labels: ['host', 'status'],
});

export const requestSeconds = metrics.histogram({
  name: 'launchpad_request_seconds',
  help: 'Time from sending a request to Launchpad to the end of its answer',
  labels: ['host'],
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
});

export const slotWaits = metrics.histogram({
  name: 'launchpad_slot_wait_seconds',
  help: 'Time that requests to Launchpad waited for one of the slots of their host',
  labels: ['host'],
  buckets: [0.001, 0.01, 0.1, 0.5, 1, 5, 15, 60],
});

export const inFlight = metrics.gauge({
  name: 'launchpad_requests_in_flight',
  help: 'Requests to Launchpad that are in flight',
  labels: ['host'],
});
