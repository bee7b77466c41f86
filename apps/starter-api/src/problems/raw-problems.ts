import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { toProblemDetails } from '@tributary/common';
import type { FastifyReply } from 'fastify';
import { API_REQUEST_MALFORMED, API_TIMEOUT } from '../errors.js';

const JSON_TYPE = 'application/problem+json; charset=utf-8';

/** Answers a request whose path cannot be decoded: it reaches no route and no hook. */
export function answerBadUrl(_error: unknown, _request: unknown, reply: FastifyReply): void {
  const problem = toProblemDetails(API_REQUEST_MALFORMED());
  void reply.code(problem.status).type(JSON_TYPE).serializer(JSON.stringify).send(problem);
}

/** Answers what is not HTTP, or comes too slowly, and closes the connection. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const problem = { ...toProblemDetails(late ? API_TIMEOUT() : API_REQUEST_MALFORMED()), ...(late ? { status: 408 } : {}) };
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    `content-type: ${JSON_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroy(error);
}
