import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shutdownBudget, type ConfigSchema } from '@tributary/common/config';
import { parse } from 'yaml';
import { APPS, workspaceRoot } from '../workspace.js';
import { readCompose, serviceOf } from './compose.js';

const compose = readCompose();
const secrets = JSON.parse(compose.configs['secrets']?.content ?? '') as Record<string, Record<string, string>>;

describe.each(APPS)('%s in compose', (app) => {
  const service = serviceOf(compose, app);
  const sidecar = serviceOf(compose, `${app}-sidecar`);
  const settings = Object.fromEntries(Object.entries(service.environment ?? {}).map(([name, value]) => [name, String(value ?? '')]));
  const manifest = JSON.parse(readFileSync(join(workspaceRoot, 'apps', app, 'package.json'), 'utf8')) as {
    nx: { metadata: { runEnvironment?: Record<string, string>; image: { health: { variable: string; port: number } } } };
  };

  it('is given variables that it knows, with values that it takes', async () => {
    const { configSchema } = (await import(join(workspaceRoot, 'apps', app, 'src/config.ts'))) as { configSchema: ConfigSchema };
    const known = new Map(Object.values(configSchema.variables).flatMap((one) => [one.name, ...one.aliases].map((name) => [name, one] as const)));
    expect(Object.keys(settings).filter((name) => !known.has(name))).toEqual([]);
    expect(Object.entries(settings).filter(([name, value]) => value !== '' && 'problem' in (known.get(name)?.read(value) ?? {}))).toEqual([]);
    const missing = Object.values(configSchema.variables).filter(({ name, required }) => required && !settings[name]);
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it('is built and started with the memory and the port that its package.json says', () => {
    const { runEnvironment = {}, image } = manifest.nx.metadata;
    expect(service.build?.args).toMatchObject({ APP: app, PORT: image.health.port, NODE_MEMORY: runEnvironment['NODE_OPTIONS'] ?? '' });
    expect(settings[image.health.variable]).toBe(String(image.health.port));
    expect(sidecar.command).toContain(`--app-port=${String(image.health.port)}`);
  });

  it('shares the network of its sidecar, waits for what it needs, and can write nowhere', () => {
    expect(service).toMatchObject({ network_mode: `service:${app}-sidecar`, read_only: true, cap_drop: ['ALL'] });
    expect(service.depends_on).toMatchObject({ [`${app}-sidecar`]: {}, 'temporal-namespace': { condition: 'service_completed_successfully' } });
  });

  it('ends before its sidecar does, and both within the grace', () => {
    expect(sidecar.command).toContain(`--dapr-block-shutdown-duration=${String(shutdownBudget.sidecarBlockMs / 1000)}s`);
    expect(sidecar.command).toContain('--app-health-check-path=/livez');
    for (const { stop_grace_period: grace } of [service, sidecar]) expect(grace).toBe(`${String(shutdownBudget.podGraceMs / 1000)}s`);
  });

  it('refers to secrets that there are and that it may read', () => {
    const path = join(workspaceRoot, 'deploy/kubernetes/base', app, 'dapr-configuration.yaml');
    const { spec } = parse(readFileSync(path, 'utf8')) as { spec: { secrets: { scopes: { allowedSecrets?: string[] }[] } } };
    const references = Object.values(settings).flatMap((value) => [/^secret:\/\/secrets\/([^#]+)#(.+)$/.exec(value)?.slice(1) ?? []].filter((pair) => pair.length > 0));
    for (const [name = '', key = ''] of references) {
      expect(secrets[name]).toHaveProperty(key);
      expect(spec.secrets.scopes.flatMap(({ allowedSecrets = [] }) => allowedSecrets)).toContain(name);
    }
  });
});

it('publishes on the loopback interface alone, as its passwords have defaults', () => {
  const ports = Object.values(compose.services).flatMap((service) => service.ports ?? []);
  expect(ports.length).toBeGreaterThan(2);
  expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
});

it('names a version of every image', () => {
  const images = Object.values(compose.services).map(({ image }) => image);
  expect(images.filter((image) => !/:[^:/]+$/.test(image) || image.endsWith(':latest'))).toEqual([]);
});

it('has the same key for the run of the sample, for Prometheus and for the API', async () => {
  const key = serviceOf(compose, 'extract-sample').environment?.['API_KEY'];
  const { createHash } = await import('node:crypto');
  const entry = `developer:admin:${createHash('sha256').update(String(key)).digest('hex')}`;
  expect(serviceOf(compose, 'starter-api').environment?.['TRIBUTARY_API_KEYS']).toBe(entry);
  expect(compose.configs['api-key']?.content).toBe(key);
});
