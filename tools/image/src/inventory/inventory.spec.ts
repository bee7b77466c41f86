import type { LockedPackage } from '../lock/lock-file.js';
import { cycloneDx } from './cyclonedx.js';
import { isPermissive, licenceOf } from './licences.js';

const locked = (name: string, licence?: string): LockedPackage => ({
  name,
  path: `node_modules/${name}`,
  version: '1.2.3',
  integrity: `sha512-${Buffer.alloc(64, 7).toString('base64')}`,
  licence,
  needs: [],
});

it.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-only)', true],
  ['apache-2.0', true],
  ['MIT AND Zlib', true],
  ['MIT AND GPL-3.0-only', false],
  ['AGPL-3.0-only', false],
  ['unknown', false],
])('%s is permissive: %s', (expression, permissive) => {
  expect(isPermissive(expression)).toBe(permissive);
});

it('takes no licence for granted', () => {
  expect(licenceOf(locked('a'))).toBe('unknown');
});

describe('the software bill of materials', () => {
  const inventory = { app: 'w', version: '0.1.0', packages: [{ locked: locked('@scope/a', 'MIT'), bundled: true }, { locked: locked('b', 'ISC'), bundled: false }] };
  const document = JSON.parse(cycloneDx(inventory)) as { serialNumber: string; components: Record<string, unknown>[]; dependencies: { dependsOn: string[] }[] };

  it('names each package with its origin, hash, licence and place', () => {
    expect(document.components[0]).toMatchObject({
      group: '@scope',
      name: 'a',
      purl: 'pkg:npm/%40scope/a@1.2.3',
      licenses: [{ expression: 'MIT' }],
      hashes: [{ alg: 'SHA-512', content: '07'.repeat(64) }],
      properties: [{ name: 'tributary:place', value: 'inside a bundle' }],
    });
    expect(document.dependencies[0]?.dependsOn).toEqual(document.components.map((one) => one['bom-ref']));
  });

  it('is the same for the same packages, and another for others', () => {
    expect(cycloneDx(inventory)).toBe(cycloneDx(inventory));
    const other = JSON.parse(cycloneDx({ ...inventory, version: '0.2.0' })) as { serialNumber: string };
    expect(other.serialNumber).not.toBe(document.serialNumber);
    expect(document.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
