const preset = require('../../tools/jest/preset.cjs');

const { transform } = preset(__dirname);
const [compiler] = Object.values(transform);

// Behind @fastify/swagger-ui is a package of ES modules: Node.js requires it, jest has to compile it.
module.exports = preset(__dirname, {
  transform: { ...transform, '/node_modules/content-disposition/.+\\.js$': compiler },
  transformIgnorePatterns: ['/node_modules/(?!content-disposition/)'],
});
