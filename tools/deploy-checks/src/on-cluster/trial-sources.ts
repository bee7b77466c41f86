import { build } from 'esbuild';
import { join } from 'node:path';
import { workspaceRoot } from '../workspace.js';
import { APPS_NAMESPACE, applyObjects, kubectl, rolledOut, TRIAL_NAMESPACE } from './kubectl.js';

const CATALOG_PORT = 9480;
/** In the secret `hierarchy-credentials` of deploy/kubernetes/trial. */
const CATALOG_TOKEN = 'development-only-token-of-the-catalog';

/** A catalog as the hierarchy worker of the development overlay may call it. */
export const CATALOG_URL = 'http://catalog.tributary-trial';

/** Database of a number of tables, of 25 columns each, in the trial's PostgreSQL; made unless it is there. */
export async function makeLargeDatabase(tables: number): Promise<string> {
  const database = `large_${String(tables)}`;
  const psql = (name: string, sql: string): Promise<string> =>
    kubectl(['-n', TRIAL_NAMESPACE, 'exec', '-i', 'deploy/database', '-c', 'postgres', '--', 'psql', '-qAt', '-v', 'ON_ERROR_STOP=1', '-U', 'tributary', '-d', name], sql);
  if ((await psql('postgres', `SELECT 1 FROM pg_database WHERE datname = '${database}'`)) !== '') return database;
  const columns = Array.from({ length: 25 }, (_, index) => `c${String(index)} text`).join(', ');
  await psql('postgres', `CREATE DATABASE ${database}`);
  // One statement for each: locks of so many tables are more than one transaction may hold.
  await psql(database, `SET synchronous_commit = off;\nSELECT format('CREATE TABLE t%s (id bigint PRIMARY KEY, ${columns})', n) FROM generate_series(1, ${String(tables)}) n \\gexec\n`);
  return database;
}

/** Input of an extraction of a database of the trial, under a connection of its own. */
export function extractionOf(database: string, connection: string): object {
  return {
    connection: { name: connection, qualifiedName: `default/postgres/${connection}` },
    source: { type: 'postgres', host: `database.${TRIAL_NAMESPACE}`, user: 'reader', database, password: 'secret://secrets/sql-sources#sample', sslMode: 'disable' },
  };
}

/** Runs a small data catalog, in the image of the API, as that has Node.js. */
export async function startCatalog(image: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [join(workspaceRoot, 'libs/testing/src/catalog-api/main.ts')],
    bundle: true,
    minify: true,
    platform: 'node',
    conditions: ['@tributary/source'],
    write: false,
  });
  const metadata = { name: 'catalog', namespace: TRIAL_NAMESPACE };
  const labels = { 'app.kubernetes.io/name': 'catalog' };
  const command = ['node', '/catalog/catalog.js', '--host', '0.0.0.0', '--port', String(CATALOG_PORT), '--tokens', '/catalog/tokens.json'];
  const container = {
    name: 'catalog',
    image,
    imagePullPolicy: 'IfNotPresent',
    command,
    // It ends when its input does.
    stdin: true,
    ports: [{ name: 'http', containerPort: CATALOG_PORT }],
    readinessProbe: { tcpSocket: { port: 'http' }, periodSeconds: 2 },
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    volumeMounts: [{ name: 'catalog', mountPath: '/catalog' }],
  };
  const spec = {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [container],
    volumes: [{ name: 'catalog', configMap: { name: 'catalog' } }],
  };
  await applyObjects(
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'catalog.js': outputFiles[0]?.text ?? '', 'tokens.json': JSON.stringify([CATALOG_TOKEN]) } },
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } } },
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: labels, ports: [{ port: 80, targetPort: 'http' }] } },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'to-the-catalog-of-the-trial', namespace: APPS_NAMESPACE },
      spec: {
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'stateful-hierarchy-worker' } },
        policyTypes: ['Egress'],
        egress: [{ to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': TRIAL_NAMESPACE } } }], ports: [{ port: CATALOG_PORT }] }],
      },
    },
  );
  await rolledOut(TRIAL_NAMESPACE, 'catalog');
}
