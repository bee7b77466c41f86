import { connect } from 'node:http2';
import type { IncomingHttpHeaders, IncomingHttpStatusHeader } from 'node:http2';

/**
 * One unary gRPC call over plain HTTP/2: message bytes in, message bytes out. Enough to ask a server how it is, without
 * a client library.
 * @throws Error when the server cannot be reached, answers with a status other than OK, or takes more than `timeoutMs`
 */
export function grpcCall(address: string, method: string, message: Uint8Array, timeoutMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const session = connect(`http://${address}`);
    const timer = setTimeout(() => { fail(new Error(`no answer within ${String(timeoutMs)} ms`)); }, timeoutMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      session.destroy();
      reject(error);
    };
    session.once('error', fail);
    const stream = session.request({ ':method': 'POST', ':path': method, 'content-type': 'application/grpc', te: 'trailers' });
    let status: string | string[] | undefined;
    const chunks: Buffer[] = [];
    const note = (headers: IncomingHttpHeaders & IncomingHttpStatusHeader): void => { status ??= headers['grpc-status']; };
    stream.once('error', fail);
    stream.on('response', note);
    stream.on('trailers', note);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('end', () => {
      clearTimeout(timer);
      session.close();
      if (status === '0') resolve(Buffer.concat(chunks).subarray(FRAME_HEADER));
      else reject(new Error(`gRPC status ${String(status)} from ${method}`));
    });
    stream.end(frame(message));
  });
}

/** Compression flag and length of the message. */
const FRAME_HEADER = 5;

function frame(message: Uint8Array): Buffer {
  const framed = Buffer.alloc(FRAME_HEADER + message.length);
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, FRAME_HEADER);
  return framed;
}
