import { defineError } from '@tributary/common';

export const EVENT_RULE_UNKNOWN = defineError('EVENT_RULE_UNKNOWN', {
  recovery: 'fatal',
  status: 404,
  message: 'There is no event rule "{name}".',
  fix: 'List them with GET /v1/event-rules, or save it with PUT /v1/event-rules/{name} and If-None-Match: *.',
});

export const EVENT_TOPIC_UNSUBSCRIBED = defineError('EVENT_TOPIC_UNSUBSCRIBED', {
  recovery: 'fatal',
  message: 'Received a rule for topic {topic}, to which the API is not subscribed. Allowed: {known}.',
  fix: 'Name a topic of TRIBUTARY_EVENT_TOPICS, or add it there and start the API and its sidecar again.',
});

export const EVENT_TOPIC_UNKNOWN = defineError('EVENT_TOPIC_UNKNOWN', {
  recovery: 'fatal',
  status: 404,
  message: 'The API is not subscribed to this topic.',
  fix: 'Add it to TRIBUTARY_EVENT_TOPICS, and start the API and its sidecar again.',
});

export const EVENT_MALFORMED = defineError('EVENT_MALFORMED', {
  recovery: 'fatal',
  message: 'Received an event that is no CloudEvent in JSON with id, source and type.',
  fix: 'Publish it as a CloudEvent, or as JSON, of which the sidecar makes one.',
});

export const EVENT_TOO_LARGE = defineError('EVENT_TOO_LARGE', {
  recovery: 'fatal',
  status: 413,
  message: 'Received an event of {bytes} bytes. Allowed: {limit}.',
  fix: 'Publish a reference to the data in its place.',
});

export const EVENT_DATA_NOT_JSON = defineError('EVENT_DATA_NOT_JSON', {
  recovery: 'fatal',
  message: 'Received an event whose data is no JSON: {contentType}.',
  fix: 'Publish the data as JSON, with the content type application/json.',
});

export const EVENT_HOLDS_CREDENTIAL = defineError('EVENT_HOLDS_CREDENTIAL', {
  recovery: 'fatal',
  message: 'The event holds what looks like a credential at {pointer}.',
  fix: 'Publish a reference, secret://<store>/<name>[#key]. Change the credential: those who read the topic may have it.',
});

export const EVENT_VALUE_MISSING = defineError('EVENT_VALUE_MISSING', {
  recovery: 'fatal',
  message: 'The event has no value at {pointer}, which rule {rule} puts into the input.',
  fix: 'Correct the pointer of the rule, let its match ask for the value, or publish events that have it.',
});

export const EVENT_INPUT_INVALID = defineError('EVENT_INPUT_INVALID', {
  recovery: 'fatal',
  message: 'With the values of the event, the input of rule {rule} does not fit the schema of {runType}: {problems}.',
  fix: 'Correct the rule, or what publishes the event.',
});
