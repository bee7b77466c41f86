import { join, resolve } from 'node:path';
import { buildSite } from './build-site.js';

const app = resolve(__dirname, '..');

buildSite(app, { site: join(app, 'dist', 'site') }).then(
  (files) => {
    for (const { file, bytes, gzipBytes } of files) process.stdout.write(`${file}: ${bytes} bytes, ${gzipBytes} gzipped\n`);
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
