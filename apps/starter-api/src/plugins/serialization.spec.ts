import Fastify from 'fastify';
import { referred, serializeByNeed } from './serialization.js';

const shared = {
  Leaf: { $id: 'Leaf', type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
  Branch: { $id: 'Branch', type: 'object', properties: { leaves: { type: 'array', items: { $ref: 'Leaf#' } }, above: { $ref: 'Branch#' } } },
  Other: { $id: 'Other', type: 'string' },
};

describe('serializers', () => {
  it('are made out of what a schema refers to, through others too', () => {
    expect(Object.keys(referred({ $ref: 'Branch#' }, shared))).toEqual(['Branch', 'Leaf']);
    expect(referred({ type: 'string' }, shared)).toEqual({});
  });

  it('write what a schema has, and nothing else', async () => {
    const app = Fastify();
    serializeByNeed(app);
    for (const schema of Object.values(shared)) app.addSchema(schema);
    const tree = { leaves: [{ name: 'a', secret: 'b' }], above: { leaves: [] }, secret: 'c' };
    for (const path of ['/one', '/two']) app.get(path, { schema: { response: { 200: { $ref: 'Branch#' } } } }, () => tree);
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    try {
      for (const path of ['/one', '/two']) {
        expect(await (await fetch(`${url}${path}`)).json()).toEqual({ leaves: [{ name: 'a' }], above: { leaves: [] } });
      }
    } finally {
      await app.close();
    }
  });
});
