import { startHealthServer } from './health-server.js';

it('serves its pages and nothing else, to GET and HEAD', async () => {
  const server = await startHealthServer({
    host: '127.0.0.1',
    port: 0,
    about: { app: 'spec' },
    readiness: () => ({ ready: false, reason: 'starting' }),
    metrics: () => Promise.reject(new Error('hunter2')),
  });
  const get = async (path: string, method = 'GET') => {
    const response = await fetch(`${server.url}${path}`, { method });
    return [response.status, await response.text()];
  };
  expect(await get('/livez?verbose')).toEqual([200, '{"alive":true,"app":"spec"}']);
  expect(await get('/readyz')).toEqual([503, '{"ready":false,"reason":"starting"}']);
  expect(await get('/livez', 'HEAD')).toEqual([200, '']);
  expect(await get('/livez', 'POST')).toEqual([405, '{"allowed":["GET","HEAD"]}']);
  expect(await get('/constructor')).toEqual([404, '{"paths":["/livez","/readyz","/metrics"]}']);
  expect(await get('/metrics')).toEqual([500, '{"error":"Error"}']);
  await server.close();
  await expect(fetch(`${server.url}/livez`)).rejects.toThrow();
});
