import { checksumOf } from './download.js';
import { DAPRD } from './daprd.js';
import { KUSTOMIZE } from './kustomize.js';
import { TEMPORAL } from './temporal.js';
import { VERSITYGW } from './versitygw.js';

it.each([
  ['temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)', '1.29.1'],
  ['temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)', '1.29.1'],
  ['temporal version 1.6.0 (Server 1.30.2, UI 2.45.0)', '1.30.2'],
  ['temporal version 1.4.0 (Server 1.28.0, UI 2.39.0)', undefined],
  ['temporal version 2.0.0 (Server 2.0.0, UI 3.0.0)', undefined],
  ['tctl 1.18', undefined],
])('Temporal: %s', (output, version) => {
  expect(TEMPORAL.accepts(output)).toBe(version);
});

it.each([
  ['1.18.2', '1.18.2'],
  ['1.18.4', '1.18.4'],
  ['1.18.1', undefined],
  ['1.19.0', undefined],
  ['edge', undefined],
])('daprd: %s', (output, version) => {
  expect(DAPRD.accepts(output)).toBe(version);
});

it.each([
  ['v5.8.1', '5.8.1'],
  ['v4.5.7', undefined],
  ['Kustomize Version: v5.5.0', undefined],
])('Kustomize: %s', (output, version) => {
  expect(KUSTOMIZE.accepts(output)).toBe(version);
});

it.each([
  ['Version  : v1.8.0\nBuild    : none', '1.8.0'],
  ['Version  : 1.12.1\nBuild    : 0f3c', '1.12.1'],
  ['Version  : 1.7.9', undefined],
  ['Version  : 2.0.0', undefined],
  ['Version  : git', undefined],
])('versitygw: %s', (output, version) => {
  expect(VERSITYGW.accepts(output)).toBe(version);
});

it('knows where the projects publish', () => {
  const linux = { os: 'linux', arch: 'amd64' } as const;
  expect(TEMPORAL.release(linux).archive).toBe('temporalio/cli/releases/download/v1.5.1/temporal_cli_1.5.1_linux_amd64.tar.gz');
  expect(DAPRD.release(linux).checksums).toBe('dapr/dapr/releases/download/v1.18.2/daprd_linux_amd64.tar.gz.sha256');
  expect(VERSITYGW.release(linux)).toMatchObject({
    archive: 'versity/versitygw/releases/download/v1.8.0/versitygw_v1.8.0_Linux_x86_64.tar.gz',
    folder: 'versitygw_v1.8.0_Linux_x86_64',
  });
});

describe('checksum list', () => {
  const sum = 'AB'.repeat(32);

  it.each([
    ['sha256sum', `${'0'.repeat(64)}  b.zip\n${sum}  a.zip\n`],
    ['sha256sum --binary', `${sum} *a.zip`],
    ['with a folder', `${sum}  ./dist/a.zip`],
    ['nothing but the sum', `${sum}\n`],
  ])('%s', (_form, list) => {
    expect(checksumOf('a.zip', list)).toBe(sum.toLowerCase());
  });

  it('is refused when it says nothing about the file', () => {
    expect(() => checksumOf('a.zip', `${sum}  b.zip`)).toThrow('no SHA-256 of a.zip was published');
  });
});
