import { LockFile } from './lock-file.js';

const lock = new LockFile(
  JSON.stringify({
    packages: {
      '': { name: 'workspace', version: '1.0.0' },
      'libs/a': { name: '@tributary/a', version: '0.1.0' },
      'node_modules/@tributary/a': { link: true, resolved: 'libs/a' },
      'node_modules/web': { version: '2.0.0', integrity: 'sha512-x', license: 'MIT', dependencies: { parse: '^1.0.0', native: '*', fat: '*' }, optionalDependencies: { native: '*' } },
      'node_modules/web/node_modules/parse': { version: '1.9.0', dependencies: { chars: '*' } },
      'node_modules/parse': { version: '3.0.0' },
      'node_modules/chars': { version: '1.0.0', peerDependencies: { host: '*', maybe: '*' }, peerDependenciesMeta: { maybe: { optional: true } } },
      'node_modules/host': { version: '1.0.0', dependencies: { web: '*' } },
      'node_modules/maybe': { version: '1.0.0' },
      'node_modules/native': { version: '1.0.0' },
      'node_modules/fat': { version: '1.0.0', dependencies: { 'only-of-fat': '*' } },
      'node_modules/only-of-fat': { version: '1.0.0' },
    },
  }),
);

it('finds the package that Node would load from a folder', () => {
  expect(lock.resolve('parse', 'node_modules/web')?.version).toBe('1.9.0');
  expect(lock.resolve('parse', 'node_modules/chars')?.version).toBe('3.0.0');
  expect(lock.resolve('parse', 'apps/x')?.path).toBe('node_modules/parse');
  expect(lock.resolve('nowhere', 'node_modules/web')).toBeUndefined();
});

it('takes projects of the workspace for none of its packages', () => {
  expect(lock.at('node_modules/@tributary/a')).toBeUndefined();
  expect(lock.at('libs/a')).toBeUndefined();
});

it('follows what is loaded, through circles, and leaves out what is optional or not wanted', () => {
  const web = lock.resolve('web', '');
  if (!web) throw new Error('web is in the lock file');
  const paths = lock.closure([web], (name) => name === 'fat').map(({ path }) => path);
  expect(paths).toEqual(['node_modules/chars', 'node_modules/host', 'node_modules/web', 'node_modules/web/node_modules/parse']);
});
