import { DAY, HOUR, shift } from '../times.js';
import { decideVisit, type Memory } from './recheck.js';

const NOW = '2026-11-01T00:00:00.000000+00:00';
const ago = (micros: bigint) => shift(NOW, -micros);
const memory = (more: Partial<Memory> = {}): Memory => ({
  etag: 'same',
  comments: 3,
  last: ago(200n * DAY),
  whole: ago(10n * DAY),
  checked: ago(2n * HOUR),
  votes: ago(2n * HOUR),
  ...more,
});
const closed = { etag: 'same', open: false };
const open = { etag: 'same', open: true };

test.each([
  ['what was never seen, as a whole', undefined, closed, undefined, { mode: 'whole' }],
  ['what was visited before somebody joined, as a whole', memory(), closed, ago(5n * DAY), { mode: 'whole' }],
  ['not again for who was there at the last visit', memory(), closed, ago(10n * DAY), undefined],
  ['what has another ETag', memory(), { etag: 'other', open: false }, undefined, { mode: 'changed', votes: true }],
  ['what had told of something after the end of the run', memory({ etag: null }), closed, undefined, { mode: 'changed', votes: true }],
  ['what is open and had an event within 90 days', memory({ last: ago(89n * DAY) }), open, undefined, { mode: 'check', votes: false }],
  ['what is open, after a week also for votes', memory({ last: ago(89n * DAY), votes: ago(7n * DAY) }), open, undefined, { mode: 'check', votes: true }],
  ['not what is open, was silent for 90 days and was looked at today', memory({ last: ago(91n * DAY) }), open, undefined, undefined],
  ['what is open, after a thirtieth of its silence', memory({ last: ago(124n * DAY), checked: ago(4n * DAY) }), open, undefined, { mode: 'check', votes: false }],
  ['what is closed and had an event within 30 days', memory({ last: ago(29n * DAY) }), closed, undefined, { mode: 'check', votes: false }],
  ['not what is closed and quiet', memory({ last: ago(31n * DAY) }), closed, undefined, undefined],
  ['what is closed, after a tenth of its silence', memory({ last: ago(44n * DAY), checked: ago(4n * DAY) }), closed, undefined, { mode: 'check', votes: false }],
  ['not before a tenth of its silence', memory({ last: ago(54n * DAY), checked: ago(4n * DAY) }), closed, undefined, undefined],
  ['anything after 30 days', memory({ last: ago(3_000n * DAY), checked: ago(30n * DAY), votes: ago(30n * DAY) }), closed, undefined, { mode: 'check', votes: true }],
  ['nothing sooner than that', memory({ last: ago(3_000n * DAY), checked: ago(29n * DAY) }), open, undefined, undefined],
] as const)('visits %s', (_, known, row, newest, visit) => {
  expect(decideVisit(known, row, newest, NOW)).toEqual(visit);
});
