import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Logger } from '@tributary/common/logging';
import type { FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify';

/** The Fastify instance of this API: typed by schemas, logging through our logger. */
export type ApiServer = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  Logger,
  TypeBoxTypeProvider
>;
