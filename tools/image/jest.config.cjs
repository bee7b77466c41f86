// What needs a Docker engine is a target of its own: test-docker.
module.exports = require('../../tools/jest/preset.cjs')(__dirname, { testPathIgnorePatterns: ['\\.docker\\.spec\\.ts$'] });
