import { inspect } from 'node:util';
import { REDACTION_TAG, isRedacted, readable } from './redacted.js';
import { type Exchange, TestServer, page } from './testdata/http-server.js';

let server: TestServer;
afterEach(() => server.close());

const body = { self_link: 'x', name: 'alice', id: REDACTION_TAG, archive_link: REDACTION_TAG, description: `see ${REDACTION_TAG}` };
const answers: Readonly<Record<string, unknown>> = {
  '/devel/~alice': body,
  '/devel/people': page([body]),
  '/devel/mp': [{ line_number: '1', text: 'x', date: '2025-01-01T00:00:00+00:00', person: body }],
};
const start = async () => {
  server = await TestServer.start(({ url, json }: Exchange) => json(answers[url.pathname]));
  return server.client();
};

describe('a withheld field', () => {
  it('is a marker, in entries, pages and values', async () => {
    const client = await start();
    const person = await client.get('person', client.link('~alice'));
    const pages = client.collection('person', client.link('people'));
    const comments = await client.call('branch_merge_proposal.getInlineComments', client.link('mp'), { previewdiff_id: 1 });
    const people = [person, comments[0]!.person];
    for await (const { entries } of pages) people.push(...entries);
    expect(people).toHaveLength(3);
    for (const each of people as (typeof person)[]) {
      expect([each.id, each.archive_link].every(isRedacted)).toBe(true);
      expect(readable(each.id)).toBeUndefined();
      expect(readable(each.name)).toBe('alice');
      expect(readable(each.description)).toBe(body.description);
    }
  });

  it('shows nothing when it is printed, serialised or joined to a text', async () => {
    const client = await start();
    const person = await client.get('person', client.link('~alice'));
    expect(JSON.parse(JSON.stringify(person))).toEqual({ self_link: 'x', name: 'alice', description: body.description });
    expect(inspect(person)).not.toContain(`'${REDACTION_TAG}'`);
    expect(() => `${person.id as unknown as string}`).toThrow(TypeError);
  });

  it('is no link that can be followed', async () => {
    const client = await start();
    const { archive_link: link } = await client.get('person', client.link('~alice'));
    await expect(client.get('archive', link as string)).rejects.toMatchObject({ code: 'LAUNCHPAD_LINK_REDACTED', recovery: 'skip' });
  });
});
