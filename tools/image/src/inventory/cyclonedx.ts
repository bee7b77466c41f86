import { createHash } from 'node:crypto';
import type { LockedPackage } from '../lock/lock-file.js';
import { licenceOf } from './licences.js';

/** Packages of an image and how they got there. */
export interface Inventory {
  readonly app: string;
  readonly version: string;
  /** Each with whether it stands inside a bundle, or is a folder of its own. */
  readonly packages: readonly { readonly locked: LockedPackage; readonly bundled: boolean }[];
}

/** A CycloneDX 1.6 document. The same inventory gives the same text, so it has no time in it and its serial number is made of its content. */
export function cycloneDx({ app, version, packages }: Inventory): string {
  const components = packages.map(({ locked, bundled }) => component(locked, bundled));
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([app, version, components]))}`,
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': app, name: app, version } },
    components,
    dependencies: [{ ref: app, dependsOn: components.map((one) => one['bom-ref']) }],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function component(locked: LockedPackage, bundled: boolean) {
  const { name, version, integrity, path } = locked;
  const [group, short] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const purl = `pkg:npm/${group === undefined ? '' : `${encodeURIComponent(group)}/`}${short ?? name}@${version}`;
  const [algorithm, digest] = integrity?.split('-') ?? [];
  return {
    type: 'library',
    'bom-ref': `${purl}#${path}`,
    ...(group !== undefined && { group }),
    name: short ?? name,
    version,
    purl,
    licenses: [{ expression: licenceOf(locked) }],
    ...(algorithm === 'sha512' && digest !== undefined && { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] }),
    properties: [{ name: 'tributary:place', value: bundled ? 'inside a bundle' : path }],
  };
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
