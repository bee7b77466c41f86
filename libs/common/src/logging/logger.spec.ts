import { SECRET_REF_INVALID, Secret, SecretScrubber } from '../index.js';
import { createLogger, withLogContext } from './index.js';

function capture(...secrets: string[]) {
  const lines: string[] = [];
  const scrubber = new SecretScrubber();
  for (const secret of secrets) scrubber.add(secret);
  const logger = createLogger({ name: 'spec', level: 'debug', scrubber, destination: { write: (line) => lines.push(line) } });
  return { logger, text: () => lines.join(''), last: () => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown> };
}

describe('createLogger', () => {
  it('writes one JSON object per line, with level and time in words', () => {
    const { logger, last, text } = capture();
    logger.info({ rows: 3 }, 'read');
    expect(last()).toEqual({ level: 'info', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown, name: 'spec', rows: 3, msg: 'read' });
    expect(text()).toMatch(/^[^\n]*\n$/);
    logger.trace('below the level');
    expect(text()).not.toContain('below');
  });

  it('lets no secret through, whichever way it comes', () => {
    const password = 'pä"ss\\w0rd\n!';
    const { logger, text } = capture(password);
    const error = Object.assign(new Error(`refused ${password}`, { cause: new Error(`inner ${password}`) }), { query: 'select 1', detail: password });
    logger.info(password);
    logger.info({ nested: { deep: [password] }, [password]: 1 }, 'with %s', password);
    logger.error(error);
    logger.error({ err: error, cause: error });
    logger.child({ url: `postgres://u:${encodeURIComponent(password)}@h/d` }).warn(JSON.stringify({ password }));
    logger.info({ basic: Buffer.from(`me:${password}`).toString('base64'), held: new Secret('other-secret') });
    const forms = [password, JSON.stringify(password).slice(1, -1), encodeURIComponent(password), 'w0rd', 'select 1', 'other-secret'];
    for (const form of forms) expect(text()).not.toContain(form);
    for (const line of text().trim().split('\n')) JSON.parse(line);
  });

  it('redacts by the name of the key at any depth, but not references and flags', () => {
    const { logger, last } = capture();
    const headers = { Authorization: 'Bearer x', 'x-api-key': 'k', cookie: 'c', accept: 'json' };
    logger.info({ a: { b: [{ headers, dbPassword: 7, taskToken: 'dG9r', password: 'secret://local/pg#password', token: null, secret: true, tokens: 5 }] } });
    expect(last()['a']).toEqual({
      b: [
        {
          headers: { Authorization: '[secret]', 'x-api-key': '[secret]', cookie: '[secret]', accept: 'json' },
          dbPassword: '[secret]',
          taskToken: '[secret]',
          password: 'secret://local/pg#password',
          token: null,
          secret: true,
          tokens: 5,
        },
      ],
    });
  });

  it('stays JSON when a secret is a number or a name of a member', () => {
    const { logger, last } = capture('4711', 'level');
    logger.info({ pin: 4711, other: 4712 }, 'level 4711');
    expect(last()).toMatchObject({ pin: '[secret]', other: 4712, msg: '[secret] [secret]' });
  });

  it('logs what a coded error says to do, and its causes', () => {
    const { logger, last } = capture();
    const err = SECRET_REF_INVALID({ length: 3 }, { cause: new AggregateError([new Error('one')], 'all') });
    logger.error({ err }, 'failed');
    expect(last()['err']).toMatchObject({
      code: 'SECRET_REF_INVALID',
      recovery: 'fatal',
      fix: err.fix,
      stack: expect.stringContaining('logger.spec') as unknown,
      cause: { message: 'all', errors: [{ message: 'one' }] },
    });
  });
});

it('adds the context to all that is logged within, also after awaits, and lets a child have its own', async () => {
  const { logger, last } = capture();
  const child = logger.child({ attempt: 9 });
  await withLogContext({ workflowId: 'w', attempt: 1 }, async () => {
    await Promise.resolve();
    withLogContext({ activityType: 'a' }, () => logger.info('inner'));
    expect(last()).toMatchObject({ workflowId: 'w', attempt: 1, activityType: 'a' });
    child.info('child');
    expect(last()).toMatchObject({ workflowId: 'w', attempt: 9 });
  });
  logger.info('outside');
  expect(last()).not.toHaveProperty('workflowId');
});
