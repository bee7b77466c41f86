const preset = require('../../tools/jest/preset.cjs');

const { transform } = preset(__dirname);
const [compiler] = Object.values(transform);

module.exports = preset(__dirname, {
  // Real servers on a busy machine: each wait has a bound of its own.
  testTimeout: 30_000,
  // Behind @fastify/static is a package of ES modules: Node.js requires it, jest has to compile it.
  transform: { ...transform, '/node_modules/content-disposition/.+\\.js$': compiler },
  transformIgnorePatterns: ['/node_modules/(?!content-disposition/)'],
});
