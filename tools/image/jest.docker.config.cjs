// Tests that need a Docker engine and the images: `npx nx run image:test-docker`.
const { join } = require('node:path');

// Its image is not everywhere to be had; what the tests start they end.
process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';

const preset = require('../../tools/jest/preset.cjs')(__dirname, { testMatch: ['<rootDir>/src/**/*.docker.spec.ts'], testTimeout: 300_000 });
const [console, [reporter]] = preset.reporters;
// Counts of its own, beside those of the tests that need no engine.
const reporters = [console, [reporter, { file: join(__dirname, 'test-output', 'docker-summary.json') }]];
module.exports = { ...preset, displayName: 'image-docker', reporters };
