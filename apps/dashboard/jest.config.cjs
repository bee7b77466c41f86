const preset = require('../../tools/jest/preset.cjs');

module.exports = preset(__dirname, {
  // A real browser on a busy machine: each wait has a bound of its own.
  testTimeout: 60_000,
});
