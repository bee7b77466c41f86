/**
 * Runs the histories that earlier releases have recorded through the workflows as they are now, and first those of the
 * libs that they rest on.
 *
 * @returns {import('@nx/devkit').TargetConfiguration}
 */
const replay = () => ({
  executor: 'nx:run-commands',
  options: { cwd: '{projectRoot}', command: 'jest -c jest.config.cjs replay' },
  cache: true,
  inputs: ['default', '^production'],
  dependsOn: ['^replay'],
  metadata: { technologies: ['temporal'], description: 'Replays recorded histories on the workflows as they are now' },
});

module.exports = { replay };
