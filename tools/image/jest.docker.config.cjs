// Tests that need a Docker engine and the images: `npx nx run image:test-docker`.
const { join } = require('node:path');

// Its image is not everywhere to be had; what the tests start they end.
process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';

const preset = require('../../tools/jest/preset.cjs')(__dirname, { testMatch: ['<rootDir>/src/**/*.docker.spec.ts'], testTimeout: 300_000 });
const [console, [reporter]] = preset.reporters;
// Outside the project, whose results Nx keeps and brings back: these count only where the tests were run.
const reporters = [console, [reporter, { file: join(__dirname, '../../test-output/images.json') }]];
module.exports = { ...preset, displayName: 'image-docker', reporters };
