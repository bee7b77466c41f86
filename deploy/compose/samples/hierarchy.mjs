// Grows a tree of live entities on the sample catalog, lets a dataset become stale and well again, and prints the tree.
// Run again, it finds the tree where it left it.
import { call, until } from './api.mjs';

const CATALOG = process.env.CATALOG_URL ?? 'http://sample-catalog:9480';
const TOP = '/v1/entities/organization/acme';
const VICTIM = 'sales.orders';
const RUNNING_OR_KNOWN = [409];

await call('/v1/entities/organization', {
  body: { entity: { id: 'acme', name: 'Acme' }, apiToken: 'secret://secrets/hierarchy-credentials#sample', apiUrl: CATALOG },
  allowed: RUNNING_OR_KNOWN,
});
for (const id of ['sales', 'finance']) {
  await call(`${TOP}/actions/addSource`, { body: { id, name: id, kind: 'catalog' }, allowed: RUNNING_OR_KNOWN });
}
const summary = async () => (await call(`${TOP}/views/summary`)).result;
const isWell = ({ health, sources }) => health === 'ok' && sources.every(({ datasets }) => datasets.ok === 10);

await until('20 datasets to be well', summary, isWell);
console.log('20 datasets of 2 sources are well, each loaded by a workflow of its own');
for (const [hook, health, willDo] of [['stop', 'stale', (tree) => tree.health === 'stale'], ['resume', 'well', isWell]]) {
  await fetch(`${CATALOG}/control/datasets/${VICTIM}/${hook}`, { method: 'POST' });
  await call(`/v1/entities/dataset/${VICTIM}/actions/refresh`, { body: {} });
  await until(`the organization to be ${health}`, summary, willDo);
  console.log(`${VICTIM} is ${health}, and so is the organization`);
}
console.log(JSON.stringify(await summary(), null, 2));
