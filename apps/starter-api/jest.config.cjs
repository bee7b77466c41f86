const preset = require('../../tools/jest/preset.cjs');

const { transform } = preset(__dirname);
const [compiler] = Object.values(transform);

module.exports = preset(__dirname, {
  // Real servers on a busy machine: each wait has a bound of its own.
  testTimeout: 30_000,
  // One package of ES modules is behind @fastify/static, and jose is another: Node.js requires them, jest has to compile them.
  transform: { ...transform, '/node_modules/(content-disposition|jose)/.+\\.js$': compiler },
  transformIgnorePatterns: ['/node_modules/(?!(content-disposition|jose)/)'],
});
