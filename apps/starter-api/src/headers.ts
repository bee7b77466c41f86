import { Type } from '@sinclair/typebox';

/** Headers of a request that starts a run. */
export const idempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      pattern: '^[!-~]{8,200}$',
      description: 'Any text of 8 to 200 printable characters, such as a UUID. The same request with it again starts nothing new.',
    }),
  ),
});
