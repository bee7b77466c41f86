const preset = require('../../tools/jest/preset.cjs');

module.exports = preset(__dirname, {
  testMatch: ['<rootDir>/{src,build}/**/*.spec.ts'],
  // A real browser on a busy machine: each wait has a bound of its own.
  testTimeout: 60_000,
});
