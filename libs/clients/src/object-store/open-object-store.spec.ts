import { MemoryObjectStore } from '../memory/index.js';
import { FileObjectStore, openObjectStore } from './index.js';
import { parseS3Address } from './s3/s3-address.js';

describe('openObjectStore', () => {
  it.each([
    ['file:///var/lib/tributary', '/var/lib/tributary'],
    ['file:///var/lib/tributary/', '/var/lib/tributary'],
    ['file://localhost/data', '/data'],
    ['file:///with%20space/100%25/%C3%A9', '/with space/100%/é'],
  ])('opens %s', (url, root) => {
    const store = openObjectStore(url);
    expect(store).toBeInstanceOf(FileObjectStore);
    expect((store as FileObjectStore).root).toBe(root);
  });

  it('opens a binding of the sidecar', () => {
    const opened: string[] = [];
    const store = new MemoryObjectStore();
    const dapr = { objectStore: (binding: string) => (opened.push(binding), store) };
    expect(openObjectStore('dapr://Objects-1', { dapr })).toBe(store);
    expect(openObjectStore('dapr://objects/', { dapr })).toBe(store);
    expect(opened).toEqual(['Objects-1', 'objects']);
  });

  it.each([
    ['s3://bucket', { bucket: 'bucket', prefix: '' }],
    ['s3://bucket/', { bucket: 'bucket', prefix: '' }],
    ['s3://my.bucket-1/a/b/', { bucket: 'my.bucket-1', prefix: 'a/b/' }],
    ['s3://bucket/with%20space/%C3%A9', { bucket: 'bucket', prefix: 'with space/é/' }],
  ])('reads %s', (url, address) => {
    expect(parseS3Address(new URL(url))).toEqual(address);
    expect(() => openObjectStore(url)).not.toThrow();
  });

  it.each([
    ['https://example.com', 'OBJECT_STORE_SCHEME_UNSUPPORTED', /https:\/\/\. Available: file:.*s3:.*dapr:/],
    ['s3://', 'OBJECT_STORE_URL_INVALID', /no bucket/],
    ['s3:///prefix', 'OBJECT_STORE_URL_INVALID', /no bucket/],
    ['s3://Bucket/prefix', 'OBJECT_STORE_URL_INVALID', /lower-case/],
    ['s3://bucket:9000/prefix', 'OBJECT_STORE_URL_INVALID', /TRIBUTARY_S3_ENDPOINT/],
    ['s3://bucket/a//b', 'OBJECT_STORE_URL_INVALID', /empty segment/],
    ['s3://bucket/%E0%A4%A', 'OBJECT_STORE_URL_INVALID', /malformed/],
    ['s3://bucket/prefix?region=a', 'OBJECT_STORE_URL_INVALID', /query/],
    ['/var/lib', 'OBJECT_STORE_URL_INVALID', /no URL/],
    ['', 'OBJECT_STORE_URL_INVALID', /no URL/],
    ['file://relative/folder', 'OBJECT_STORE_URL_INVALID', /three slashes/],
    ['file:///', 'OBJECT_STORE_URL_INVALID', /root of the file system/],
    ['file:///data?x=1', 'OBJECT_STORE_URL_INVALID', /query/],
    ['file:///data#x', 'OBJECT_STORE_URL_INVALID', /fragment/],
    ['file:///a%2Fb', 'OBJECT_STORE_URL_INVALID', /file:\/\/\/a%2Fb/],
    ['dapr://', 'OBJECT_STORE_URL_INVALID', /no binding/],
    ['dapr://objects/prefix', 'OBJECT_STORE_URL_INVALID', /after the name/],
    ['dapr://objects', 'OBJECT_STORE_URL_INVALID', /no Dapr sidecar/],
  ])('refuses %s', (url, code, message) => {
    expect(() => openObjectStore(url)).toThrow(message);
    expect(() => openObjectStore(url)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('refuses credentials of a bucket that are a secret where no sidecar gives secrets', () => {
    const open = () => openObjectStore('s3://bucket', { s3: { s3Credentials: 'secret://local/s3' } });
    expect(open).toThrow(/no Dapr sidecar/);
  });

  it('refuses a credential in the address and does not repeat it', () => {
    const open = () => openObjectStore('s3://key:hunter2@bucket');
    expect(open).toThrow(/credential/);
    expect(open).not.toThrow(/hunter2/);
  });
});
