import type { ImageMetadata } from './image-metadata.js';

/** The program of an image's HEALTHCHECK: ends with 0 when the app in the same container says that it is ready. */
export function healthProgram({ variable, port }: ImageMetadata['health']): string {
  return `const { get } = require('node:http');
const port = process.env.${variable} || '${String(port)}';
const end = (code) => process.exit(code);
get({ host: '127.0.0.1', port, path: '/readyz', timeout: 2000 }, ({ statusCode }) => end(statusCode === 200 ? 0 : 1))
  .on('timeout', () => end(1))
  .on('error', () => end(1));
`;
}
