import { isKey } from '../definitions/validate.js';
import { isObject } from '../json.js';
import type { Message } from '../messages.js';

type Check = (message: Readonly<Record<string, unknown>>) => string | undefined;

const text =
  (name: string): Check =>
  (message) =>
    isName(message[name]) ? undefined : `${name} is no text of 1 to 1,000 characters`;
const whole =
  (name: string): Check =>
  (message) =>
    Number.isSafeInteger(message[name]) && (message[name] as number) >= 0
      ? undefined
      : `${name} is no whole number from 0`;
const list =
  (name: string): Check =>
  (message) =>
    Array.isArray(message[name]) ? undefined : `${name} is no list`;
const among =
  (name: string, values: readonly string[]): Check =>
  (message) =>
    values.includes(message[name] as string) ? undefined : `${name} is not one of ${values.join(', ')}`;
const optional =
  (name: string, check: Check): Check =>
  (message) =>
    message[name] === undefined ? undefined : check(message);

const DIRECTION = among('direction', ['down', 'up', 'subscription']);
const NUMBERED = [whole('epoch'), whole('seq')];

/** What each kind of message must look like; what it means is looked at where it is used. */
const CHECKS: Readonly<Record<Message['kind'], readonly Check[]>> = {
  change: [list('changes'), optional('id', text('id'))],
  action: [text('id'), text('action')],
  load: [optional('loader', text('loader'))],
  subscribe: [text('subscriber'), text('subscription')],
  unsubscribe: [text('subscriber'), text('subscription')],
  credential: [({ credential }) => (isObject(credential) ? undefined : 'credential is no object')],
  apiUrl: [({ url }) => (url === null || isName(url) ? undefined : 'url is neither a text nor null')],
  pause: [],
  resume: [],
  shutdown: [among('how', ['cancel', 'complete'])],
  link: [DIRECTION, text('from'), ...NUMBERED, list('patches')],
  ack: [DIRECTION, text('from'), ...NUMBERED],
  attach: [text('owner'), whole('epoch'), list('patches')],
  release: [text('owner'), whole('epoch'), among('how', ['cancel', 'complete', 'abandon'])],
  sent: [DIRECTION, list('delivered'), list('failed')],
  loaded: [text('loader'), whole('epoch'), list('changes')],
  loadFailed: [
    text('loader'),
    whole('epoch'),
    ({ error }) =>
      isObject(error) && isName(error['code']) && typeof error['message'] === 'string'
        ? undefined
        : 'error has no code or message',
  ],
  called: [text('id')],
  childStarted: [text('child'), whole('epoch')],
  childStartFailed: [
    text('child'),
    whole('epoch'),
    ({ error }) => (typeof error === 'string' ? undefined : 'error is no text'),
  ],
  childEnded: [
    text('child'),
    whole('epoch'),
    among('outcome', ['completed', 'failed', 'cancelled', 'terminated', 'gone']),
  ],
  cycle: [],
};

/** What is wrong with the form of a message; undefined when nothing is. */
export function messageProblem(message: unknown): string | undefined {
  if (!isObject(message)) return 'it is no object';
  const { kind, at, random } = message;
  if (typeof kind !== 'string' || !Object.hasOwn(CHECKS, kind))
    return `its kind is not one of ${Object.keys(CHECKS).join(', ')}`;
  if (typeof at !== 'number' || !(at >= 0) || typeof random !== 'number' || !(random >= 0 && random < 1))
    return 'it has no time or no random number';
  for (const check of CHECKS[kind as Message['kind']]) {
    const problem = check(message);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 2000;
}

/** Who sent a message, for a dead letter; never anything else of it. */
export function senderOf(message: unknown): string | undefined {
  if (!isObject(message)) return undefined;
  const from = message['from'] ?? message['owner'] ?? message['subscriber'];
  return isKey(from) ? from : undefined;
}
