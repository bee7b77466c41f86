// Kustomize is built where it cannot be had otherwise.
module.exports = require('../../tools/jest/preset.cjs')(__dirname, { testTimeout: 60_000 });
