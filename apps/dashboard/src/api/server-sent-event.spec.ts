import { parseEvent } from './server-sent-event.js';

it('reads name and data of an event', () => {
  expect(parseEvent('event: progress\ndata: {"done":1}')).toEqual({ event: 'progress', data: { done: 1 } });
  expect(parseEvent('data: [1,\ndata: 2]')).toEqual({ event: 'message', data: [1, 2] });
  expect(parseEvent('event:end\r\ndata:{}')).toEqual({ event: 'end', data: {} });
});

it('passes over comments and settings', () => {
  expect(parseEvent(': still here')).toBeUndefined();
  expect(parseEvent('retry: 2000')).toBeUndefined();
});
