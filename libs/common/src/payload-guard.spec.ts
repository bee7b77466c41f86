import { PAYLOAD_LIMIT_BYTES, assertPayloadSize, payloadBytes } from './index.js';

const place = { workflow: 'extractSqlMetadata', field: 'result' };

describe('assertPayloadSize', () => {
  it('lets through what is exactly as large as allowed, and counts bytes, not characters', () => {
    expect(() => assertPayloadSize('x'.repeat(PAYLOAD_LIMIT_BYTES - 2), place)).not.toThrow();
    expect(() => assertPayloadSize('x'.repeat(PAYLOAD_LIMIT_BYTES - 1), place)).toThrow();
    expect(() => assertPayloadSize('ü'.repeat(PAYLOAD_LIMIT_BYTES / 2), place)).toThrow();
  });

  it('names the workflow, the field, and the part that makes it large', () => {
    const value = { id: 1, plan: { batches: ['x'.repeat(10), 'y'.repeat(300_000)], note: 'z'.repeat(1000) } };
    expect(() => assertPayloadSize(value, place)).toThrow(
      expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE', message: expect.stringContaining('result.plan.batches[1] (300002 bytes)') as unknown }) as Error,
    );
    expect(() => assertPayloadSize(value, place)).toThrow(/as result of workflow extractSqlMetadata/);
  });

  it('says how many items a list has when none of them stands out', () => {
    const value = { tables: Array.from({ length: 1000 }, () => 'x'.repeat(300)) };
    expect(() => assertPayloadSize(value, place)).toThrow(/result\.tables \(303001 bytes in 1000 items\)/);
  });

  it('leaves to the payload converter what JSON cannot hold', () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    expect([payloadBytes(undefined), payloadBytes(circular), payloadBytes(10n), payloadBytes(new Uint8Array(7))]).toEqual([0, 0, 0, 7]);
  });
});
