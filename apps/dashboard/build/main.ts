import { resolve } from 'node:path';
import { buildSite } from './build-site.js';

buildSite(resolve(__dirname, '..')).then(
  (files) => {
    for (const { file, bytes, gzipBytes } of files) console.log(`${file}: ${bytes} bytes, ${gzipBytes} gzipped`);
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
