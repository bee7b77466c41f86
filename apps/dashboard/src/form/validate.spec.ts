import { ExtractSqlMetadataInputSchema, FlowInputSchema, LaunchpadQueryArgsSchema } from '@tributary/workflow-contracts/schemas';
import Ajv from 'ajv';
import fc from 'fast-check';
import type { JsonSchema } from './json-schema.js';
import { validate } from './validate.js';

const EXTRACTION = {
  connection: { name: 'Warehouse', qualifiedName: 'default/postgres/1' },
  source: { type: 'postgres', host: 'db.example.com', user: 'reader', password: 'secret://local/warehouse#password', port: 5432 },
  filters: { include: [{ schema: 'sales' }], exclude: [{ schema: 'tmp_*', object: 'a?' }] },
  options: { rawRecords: true, shardRecords: 10, quarantineThreshold: 0.5 },
};
const QUERY = { team: 'some-team', data_date_start: '2023-01-01', flows: ['bugs'], members: undefined, incremental: false };

/** As the API has it: the arguments of a known type are checked, those of others are not. */
const FLOW = {
  ...FlowInputSchema,
  if: { properties: { type: { const: 'LaunchpadQuery' } } },
  then: { properties: { args: LaunchpadQueryArgsSchema } },
};

const CASES: [string, object, object][] = [
  ['an extraction', ExtractSqlMetadataInputSchema, EXTRACTION],
  ['a query of Launchpad', LaunchpadQueryArgsSchema, QUERY],
  ['a flow', FLOW, { type: 'LaunchpadQuery', args: QUERY }],
];

/** Values as they come out of a form that somebody fills in badly. */
const anything = fc.oneof(
  fc.constantFrom(undefined, '', 'secret://local/a#b', 'hunter2', 'a\u0000b', '*', '\\', '2023-02-30', 'x'.repeat(300), '🙂'.repeat(62)),
  fc.constantFrom(-1, 0, 0.5, 1, 65_536, 1e9, true, null, [], {}, ['bugs', 'nothing'], [{}], [{ schema: 'a' }], [{ schema: '' }]),
  fc.string({ maxLength: 8, unit: 'binary' }),
);

function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [...(path.length > 0 ? [path] : []), ...Object.entries(value).flatMap(([name, inner]) => places(inner, [...path, name]))];
}

function replaced(value: unknown, [step, ...rest]: readonly string[], by: unknown): unknown {
  if (step === undefined) return by;
  const next = replaced((value as Record<string, unknown> | undefined)?.[step], rest, by);
  if (Array.isArray(value)) return Object.assign([...(value as unknown[])], { [Number(step)]: next });
  return { ...(value as object), [step]: next };
}

describe.each(CASES)('%s', (_, schema, right) => {
  const ajv = new Ajv({ strict: false, allErrors: true }).compile(schema);
  const asSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  it('is right as it stands', () => {
    expect([...validate(schema as JsonSchema, asSent(right))]).toEqual([]);
  });

  it('is judged as the API judges it, whatever somebody fills in', () => {
    const somewhere = fc.constantFrom(...places(right), ['unknown'], ['member'], ['source', 'pasword'], ['args', 'project']);
    fc.assert(
      fc.property(fc.array(fc.tuple(somewhere, anything), { minLength: 1, maxLength: 3 }), (changes) => {
        let value: unknown = right;
        for (const [path, by] of changes) value = replaced(typeof value === 'object' ? value : right, path, by);
        const sent = asSent(value);
        const findings = validate(schema, sent);
        expect([findings.size === 0, [...findings]]).toEqual([ajv(sent), [...findings]]);
      }),
      { numRuns: 2_000 },
    );
  });
});

it('says what to do at the place where it is', () => {
  const findings = validate(ExtractSqlMetadataInputSchema as JsonSchema, {
    connection: { qualifiedName: 'default/postgres/1' },
    source: { ...EXTRACTION.source, password: 'hunter2', port: 'x', pasword: 'typo' },
    filters: { include: [{}] },
  });
  expect(Object.fromEntries(findings)).toEqual({
    '/connection/name': 'This is needed.',
    '/source/password': 'Only a reference to a secret goes here, never the secret itself. For example secret://local/warehouse#password',
    '/source/port': 'A whole number is needed.',
    '/source/pasword': 'Unknown. Allowed: type, host, port, user, password, database, allDatabases, sslMode.',
    '/filters/include/0': 'Fill in at least 1 of database, schema, object.',
  });
  const twice = validate(LaunchpadQueryArgsSchema as JsonSchema, { ...QUERY, member: 'somebody' });
  expect(twice.get('')).toBe('Exactly one of member, members, team, project is needed.');
});
