import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { MemorySecretStore } from '../../memory/index.js';
import { S3ObjectStore } from './s3-object-store.js';
import type { S3Limits, S3Settings } from './s3-settings.js';
import { KEYS, refuse, startLookAlike, type LookAlike, type SeenRequest } from './testdata/look-alike.js';

let server: LookAlike;
afterEach(() => server.close());

async function storeOn(answer: (request: SeenRequest, response: ServerResponse) => void, settings: S3Settings = {}, limits: Partial<S3Limits> = {}): Promise<S3ObjectStore> {
  server = await startLookAlike(answer);
  const secrets = new MemorySecretStore({ local: { s3: KEYS } });
  return new S3ObjectStore(
    { bucket: 'bucket', prefix: 'prefix/' },
    { settings: { s3Endpoint: server.endpoint, s3Credentials: 'secret://local/s3', ...settings }, secrets, limits },
  );
}

const emptyList = '<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>';

/** Answers everything that precedes the PUT of a small object. */
function upToPut(put: (request: SeenRequest, response: ServerResponse) => void) {
  return (request: SeenRequest, response: ServerResponse): void => {
    if (request.method === 'PUT') put(request, response);
    else if (request.url.includes('list-type=2')) response.end(emptyList);
    else response.writeHead(request.url === '/bucket' || request.url === '/bucket/' ? 200 : 404).end();
  };
}

const failureOf = (work: Promise<unknown>): Promise<Error> => work.then(() => { throw new Error('it did not fail'); }, (error: unknown) => error as Error);

async function read(store: S3ObjectStore, key: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of store.get(key)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('what a store answers', () => {
  it.each([
    [403, 'AccessDenied', 'OBJECT_STORE_FORBIDDEN', 'fatal'],
    [403, 'InvalidAccessKeyId', 'OBJECT_STORE_FORBIDDEN', 'fatal'],
    [403, 'SignatureDoesNotMatch', 'OBJECT_STORE_FORBIDDEN', 'fatal'],
    [400, 'ExpiredToken', 'OBJECT_STORE_FORBIDDEN', 'fatal'],
    [403, 'RequestTimeTooSkewed', 'OBJECT_STORE_CLOCK_WRONG', 'retry'],
    [404, 'NoSuchBucket', 'OBJECT_STORE_BUCKET_MISSING', 'fatal'],
    [301, 'PermanentRedirect', 'OBJECT_STORE_REGION_WRONG', 'fatal'],
    [400, 'AuthorizationHeaderMalformed', 'OBJECT_STORE_REGION_WRONG', 'fatal'],
    [507, 'InsufficientStorage', 'OBJECT_STORE_FULL', 'retry'],
    [507, 'XMinioStorageFull', 'OBJECT_STORE_FULL', 'retry'],
    [403, 'QuotaExceeded', 'OBJECT_STORE_FULL', 'retry'],
    [400, 'EntityTooLarge', 'OBJECT_TOO_LARGE', 'fatal'],
    [409, 'OperationAborted', 'OBJECT_STORE_UNAVAILABLE', 'retry'],
    [400, 'BadDigest', 'OBJECT_STORE_UNAVAILABLE', 'retry'],
    [503, 'SlowDown', 'OBJECT_STORE_UNAVAILABLE', 'retry'],
    [500, 'InternalError', 'OBJECT_STORE_UNAVAILABLE', 'retry'],
    [501, 'NotImplemented', 'OBJECT_STORE_REFUSED', 'fatal'],
    [400, 'InvalidArgument', 'OBJECT_STORE_REFUSED', 'fatal'],
    [409, 'XMinioParentIsObject', 'OBJECT_KEY_CONFLICT', 'fatal'],
  ])('%i %s is %s', async (status, code, expected, recovery) => {
    const store = await storeOn(upToPut((_, response) => refuse(response, status, code, `${KEYS.accessKeyId} with ${KEYS.secretAccessKey}`)));
    const error = await failureOf(store.put('a/b', Buffer.from('x')));
    expect(error).toMatchObject({ code: expected, recovery });
    // Errors are logged with all that they hold.
    const shown = inspect(error, { depth: 10, showHidden: true });
    expect(shown).not.toContain(KEYS.accessKeyId);
    expect(shown).not.toContain(KEYS.secretAccessKey);
  });

  it('is asked again when it is busy, three times and no more', async () => {
    const store = await storeOn(upToPut(({ before }, response) => (before < 2 ? refuse(response, 503, 'SlowDown') : void response.end())));
    await store.put('a/b', Buffer.from('x'));
    const puts = server.seen.filter(({ method }) => method === 'PUT');
    expect(puts).toHaveLength(3);
  });

  it('may be no S3 at all', async () => {
    const store = await storeOn((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Welcome<br></body>'));
    await expect(store.list('').next()).rejects.toMatchObject({ code: 'OBJECT_STORE_REFUSED', recovery: 'fatal' });
  });

  it('may break off within a list', async () => {
    const store = await storeOn((_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('<ListBucketResult>', () => response.destroy());
    });
    await expect(store.list('').next()).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE' });
  });

  it('may break off within an object', async () => {
    const store = await storeOn((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy());
    });
    await expect(read(store, 'a/b')).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE', message: expect.stringContaining('within the object') as string });
  });
});

describe('a store that stands still', () => {
  it('does not answer: the call ends by its deadline', async () => {
    const store = await storeOn(() => undefined, {}, { answerMs: 200, callMs: 1_000 });
    const started = Date.now();
    await expect(store.stat('a/b')).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE', recovery: 'retry' });
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it('answers a list by half: the call ends by its deadline', async () => {
    const store = await storeOn((_, response) => void response.writeHead(200).write('<ListBucketResult>'), {}, { callMs: 500 });
    await expect(store.list('').next()).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE', message: expect.stringContaining('no answer within 0.5 s') as string });
  });

  it('sends an object by half: the reader is told', async () => {
    const store = await storeOn((_, response) => void response.writeHead(200, { 'content-length': '100' }).write('half'), {}, { idleMs: 200 });
    await expect(read(store, 'a/b')).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE', message: expect.stringContaining('nothing for 0.2 s') as string });
  });

  it('does not end a reader that takes its time', async () => {
    const store = await storeOn((_, response) => void response.writeHead(200, { 'content-length': '8' }).end('complete'), {}, { idleMs: 100, callMs: 100 });
    const chunks = store.get('a/b');
    const first = await chunks.next();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await chunks.next()).done).toBe(true);
    expect(Buffer.from(first.value as Uint8Array).toString()).toBe('complete');
  });

  it('is left at once when the caller gives up', async () => {
    const store = await storeOn(() => undefined);
    await expect(store.stat('a/b', { signal: AbortSignal.timeout(100) })).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

it('corrects its clock by what the store answers', async () => {
  const store = await storeOn(({ before }, response) => {
    response.setHeader('date', new Date(Date.now() + 3_600_000).toUTCString());
    if (before === 0) refuse(response, 403, 'RequestTimeTooSkewed');
    else response.end(emptyList);
  });
  expect(await store.list('').next()).toEqual({ done: true, value: undefined });
  const [first = 0, second = 0] = server.seen.map(({ headers }) => Date.parse(String(headers['x-amz-date']).replace(/(....)(..)(..T..)(..)/, '$1-$2-$3:$4:')));
  expect(second - first).toBeGreaterThan(3_500_000);
});

describe('the identity that AWS gives', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  it('is used where no secret is configured', async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'FROMENVIRONMENT', AWS_SECRET_ACCESS_KEY: 'canary-of-the-environment' });
    const store = await storeOn((_, response) => refuse(response, 403, 'AccessDenied', 'not with canary-of-the-environment'), { s3Credentials: undefined });
    const error = await failureOf(store.list('').next());
    expect(server.seen[0]?.headers.authorization).toContain('Credential=FROMENVIRONMENT/');
    expect(error).toMatchObject({ code: 'OBJECT_STORE_FORBIDDEN', message: expect.stringContaining('not with …') as string });
  });

  it('is missed where there is none', async () => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, { AWS_EC2_METADATA_DISABLED: 'true', AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' });
    const store = await storeOn((_, response) => void response.end(emptyList), { s3Credentials: undefined });
    await expect(store.list('').next()).rejects.toMatchObject({ code: 'OBJECT_STORE_IDENTITY_MISSING', recovery: 'fatal' });
    expect(server.seen).toEqual([]);
  });

  it('that does not come does not hold up a call beyond its deadline', async () => {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    const silent = await startLookAlike(() => undefined);
    Object.assign(process.env, {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${silent.endpoint}/identity`,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    });
    const store = await storeOn((_, response) => void response.end(emptyList), { s3Credentials: undefined }, { callMs: 300 });
    await expect(store.list('').next()).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE', message: expect.stringContaining('no answer within 0.3 s') as string });
    await silent.close();
  });
});

describe('settings', () => {
  it.each([
    [{ s3Encryption: 'AES256' }, { 'x-amz-server-side-encryption': 'AES256' }],
    [{ s3Encryption: 'aws:kms', s3KmsKeyId: 'alias/a' }, { 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-server-side-encryption-aws-kms-key-id': 'alias/a' }],
  ] as const)('%j is asked for', async (settings, headers) => {
    const store = await storeOn(upToPut((_, response) => void response.end()), settings);
    await store.put('a', Buffer.from('x'));
    expect(server.seen.find(({ method }) => method === 'PUT')?.headers).toMatchObject(headers);
  });

  it('signs the bytes and sends no checksum that a store may not know', async () => {
    const store = await storeOn(upToPut((_, response) => void response.end()), { awsRegion: 'eu-west-1' });
    await store.put('a', Buffer.from('x'));
    const { headers } = server.seen.find(({ method }) => method === 'PUT') as SeenRequest;
    expect(headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/);
    expect(headers.authorization).toContain('/eu-west-1/s3/');
    expect(Object.keys(headers).filter((name) => /checksum|trailer|decoded|^expect$/.test(name))).toEqual([]);
  });
});
