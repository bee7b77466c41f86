// Tests that need a Docker engine and the images: `npx nx run image:test-docker`.
const preset = require('../../tools/jest/preset.cjs')(__dirname, { testMatch: ['<rootDir>/src/**/*.docker.spec.ts'], testTimeout: 300_000 });
module.exports = { ...preset, displayName: 'image-docker' };
