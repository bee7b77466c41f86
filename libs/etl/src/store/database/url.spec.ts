import { openEventDatabase } from '../event-database.js';
import { parseDatabaseUrl } from './url.js';

it.each([
  ['postgres://etl@db/events', { host: 'db', port: 5432, user: 'etl', database: 'events', sslMode: 'prefer' }],
  ['postgresql://e%40tl@[::1]:6000/my%20db?sslmode=verify-full', { host: '::1', port: 6000, user: 'e@tl', database: 'my db', sslMode: 'verify-full' }],
])('takes %s apart', (url, place) => {
  expect(parseDatabaseUrl(url)).toEqual(place);
});

it.each([
  'events',
  'mysql://etl@db/events',
  'postgres://etl:s3cret-canary@db/events',
  'postgres://db/events',
  'postgres://etl@db',
  'postgres://etl@db/a/b',
  'postgres://etl@db/events?sslmode=maybe',
  'postgres://etl@db/events?sslmode=require&sslmode=disable',
  'postgres://etl@db/events?password=s3cret-canary',
  'postgres://etl@db/events#s3cret-canary',
  'postgres://etl@db/%zz',
])('refuses %s without repeating it', (url) => {
  expect(() => parseDatabaseUrl(url)).toThrow(expect.objectContaining({ code: 'ETL_DATABASE_URL_INVALID' }) as Error);
  expect(() => parseDatabaseUrl(url)).not.toThrow(/s3cret-canary/);
});

it.each(['', 'pg_mine', 'a\0b', 'ä'.repeat(32)])('refuses the schema %j', (schema) => {
  expect(() => openEventDatabase({ url: 'postgres://etl@db/events', schema })).toThrow(expect.objectContaining({ code: 'ETL_DATABASE_SCHEMA_INVALID' }) as Error);
});
