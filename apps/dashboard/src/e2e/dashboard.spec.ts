import { execute } from '@tributary/testing/sql-sample';
import { waitFor } from '@tributary/testing/stack';
import type { Browser } from 'playwright-core';
import { findBrowser, launchBrowser, NO_BROWSER } from '@tributary/testing/browser';
import { OPERATIONS } from '../session/operations.js';
import { DashboardBed } from './dashboard-bed.js';
import { Tab, type TabOptions } from './tab.js';

const program = findBrowser();
if (program === undefined) process.stderr.write(`The tests of the dashboard in a browser are skipped: ${NO_BROWSER}.\n`);

const describeInBrowser = program === undefined ? describe.skip : describe;

describeInBrowser('the dashboard, in a browser and on the real stack', () => {
  let bed: DashboardBed;
  let browser: Browser;
  const tabs: Tab[] = [];
  const calls = new Set<string>();
  /** Address of the run that the form has started. */
  let result = '';

  beforeAll(async () => {
    browser = await launchBrowser(program as string);
    bed = await DashboardBed.start();
  }, 120_000);

  afterEach(async () => {
    for (const tab of tabs.splice(0)) {
      expect(tab.complaints).toEqual([]);
      expect(tab.calls.filter((call) => / 5\d\d$/.test(call))).toEqual([]);
      for (const call of tab.calls) calls.add(call);
      await tab.close();
    }
  });

  afterAll(async () => {
    await browser?.close();
    await bed?.stop();
  }, 60_000);

  async function open(options?: TabOptions): Promise<Tab> {
    const tab = await Tab.open(browser, options);
    tabs.push(tab);
    return tab;
  }

  async function signIn(hash = '#/runs', options?: TabOptions): Promise<Tab> {
    const tab = await open(options);
    await tab.page.goto(bed.link);
    await tab.page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    if (hash !== '#/runs') await tab.page.goto(`${bed.api.url}/${hash}`);
    return tab;
  }

  /** Fills in the form for a connection of the sample database, or of a server that never answers. */
  async function fillIn({ page }: Tab, connection: string, port: number): Promise<void> {
    const { postgres } = bed.stack;
    await page.getByLabel('Name', { exact: true }).fill(connection);
    await page.getByLabel('Qualified name').fill(`default/postgres/${connection}`);
    await page.getByLabel('Host').fill(postgres.host);
    await page.getByLabel('User').fill(postgres.user);
    await page.getByLabel('Port').fill(String(port));
    await page.getByLabel('Password').fill('secret://local/postgres#password');
    await page.getByLabel('Database optional', { exact: true }).fill('sample');
  }

  it('takes the key out of its link and out of the address', async () => {
    const { page } = await signIn();
    expect(page.url()).toBe(`${bed.api.url}/#/runs`);
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(bed.api.key);
    await page.reload();
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).toBe('{}');
  });

  it('asks for a key, and says what is wrong with one', async () => {
    const tab = await open();
    const { page } = tab;
    await page.goto(bed.api.url);
    await page.getByLabel('API key or access token').fill('trib_of-somebody-else');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const refused = await fetch(`${bed.api.url}/v1/runs`, { headers: { authorization: 'Bearer trib_of-somebody-else' } });
    const { detail } = (await refused.json()) as { detail: string };
    expect(await page.getByRole('alert').textContent()).toContain(detail);
    await tab.picture('sign-in');
    expect(await tab.barriers()).toEqual([]);
    await page.getByLabel('API key or access token').fill(bed.api.key);
    await page.keyboard.press('Enter');
    await page.getByText('Nothing has run yet.').waitFor();
    await tab.picture('no-runs');
  });

  it('starts an extraction from the form, shows how far it is and what it found', async () => {
    const tab = await signIn('#/start');
    const { page } = tab;
    await page.getByRole('heading', { name: 'Extract the catalog of a SQL server' }).click();
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByText('This is needed.').first().waitFor();
    await fillIn(tab, 'sample', bed.stack.postgres.port);
    const password = page.getByLabel('Password');
    await password.fill('hunter2');
    await password.blur();
    await page.getByText('Only a reference to a secret goes here').waitFor();
    await tab.picture('form-refused');
    expect(await tab.barriers()).toEqual([]);
    await password.fill('secret://local/postgres#password');

    await page.getByRole('button', { name: 'Check the source' }).click();
    await page.getByText('It can be extracted').waitFor();
    await tab.picture('source-checked');

    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByRole('heading', { name: 'default/postgres/sample' }).waitFor();
    await page.getByRole('heading', { name: 'Counts by stage' }).waitFor();
    result = new URL(page.url()).hash;
    expect(await page.locator('.tile', { hasText: 'Entities' }).locator('dd').textContent()).toMatch(/^\d,\d{3}$/);
    expect(await page.locator('td.bad').count()).toBe(0);
    await page.getByRole('heading', { name: 'Artifacts' }).waitFor();
    expect(await tab.barriers()).toEqual([]);
    await tab.picture('result');

    const file = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Download sample-Table-entities.* as JSON lines$/ }).first().click();
    expect((await file).suggestedFilename()).toMatch(/^sample-Table-entities.*\.jsonl$/);
  });

  it('shows what has changed since the run before', async () => {
    await execute(bed.sample, 'CREATE TABLE public.brand_new (id integer PRIMARY KEY)');
    const tab = await signIn('#/start/extract-sql-metadata');
    const { page } = tab;
    await fillIn(tab, 'sample', bed.stack.postgres.port);
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByText('sample/public/brand_new', { exact: true }).waitFor();
    await page.getByRole('row', { name: /^Table 1 0 0 \d+$/ }).waitFor();
    expect(await tab.barriers()).toEqual([]);
    await tab.picture('difference');
  });

  it('refuses a credential in the API’s words', async () => {
    const tab = await signIn('#/start/extract-sql-metadata');
    const { page } = tab;
    await fillIn(tab, 'refused', bed.stack.postgres.port);
    await page.getByLabel('Host').fill('warehouse.example.com');
    await page.getByRole('button', { name: 'JSON' }).click();
    const json = page.getByLabel('Input as JSON');
    const input = JSON.parse(await json.inputValue()) as { connection: { name: string } };
    input.connection.name = 'postgres://reader:hunter2@warehouse.example.com/sales';
    await json.fill(JSON.stringify(input));
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByText('INPUT_HOLDS_CREDENTIAL').waitFor();
    expect(await page.getByRole('alert').textContent()).not.toContain('hunter2');
  });

  it('cancels a run after asking, and follows it to its end', async () => {
    const tab = await signIn('#/start/extract-sql-metadata');
    const { page } = tab;
    await fillIn(tab, 'silent', bed.silentPort);
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByRole('heading', { name: 'default/postgres/silent' }).waitFor();
    await page.getByRole('progressbar', { name: 'Progress of the run' }).waitFor();
    await tab.picture('running');

    await page.getByRole('link', { name: 'Runs', exact: true }).first().click();
    await page.getByRole('progressbar', { name: 'Progress of default/postgres/silent' }).waitFor();
    await tab.picture('runs');
    const cancel = page.getByRole('button', { name: 'Cancel the run of default/postgres/silent' });
    await cancel.click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await waitFor('the focus to be back', () => cancel.evaluate((button) => button === document.activeElement));
    await cancel.click();
    await page.getByRole('button', { name: 'Let it run' }).click();
    await cancel.click();
    await tab.picture('cancel');
    await page.getByRole('button', { name: 'Cancel the run', exact: true }).click();
    const row = page.getByRole('row', { name: /silent/ });
    await row.getByText('Cancelled').waitFor();
    await row.getByRole('link').click();
    await page.getByText('It was cancelled.').waitFor();
  });

  it('says of a failed run why, and what to do', async () => {
    const tab = await signIn('#/start/extract-sql-metadata');
    const { page } = tab;
    await fillIn(tab, 'failing', bed.stack.postgres.port);
    await page.getByLabel('Password').fill('secret://local/nothing#password');
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByText('SECRET_NOT_FOUND').waitFor();
    await tab.picture('failed');
    expect(await tab.barriers()).toEqual([]);

    const failed = page.url();
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Retry' }).click();
    await page.waitForURL((url) => url.href !== failed);
    await page.getByText('SECRET_NOT_FOUND').waitFor();
  });

  it('shows what a flow has loaded', async () => {
    const tab = await signIn('#/start/mock-flow');
    const { page } = tab;
    await page.getByLabel('Type', { exact: true }).fill('LaunchpadQuery');
    await page.getByRole('radio', { name: 'Team' }).check();
    await page.getByRole('textbox', { name: 'Team' }).fill('some-team');
    await page.getByLabel('Data date start').fill('2023-01-01');
    await page.getByLabel('Data date end').fill('2023-02-01');
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByRole('heading', { name: 'Events by type' }).waitFor();
    await page.getByRole('heading', { name: 'Artifacts' }).waitFor();
    await tab.picture('flow-result');
    expect(await tab.barriers()).toEqual([]);
  });

  it('can be used with the keyboard', async () => {
    const { page } = await signIn();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.getByLabel('Search in').selectOption('Workflow ID');
    await page.keyboard.press('Escape');
    await page.locator('main').focus();
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
    await page.keyboard.type('nothing-begins-like-this');
    await page.getByText('No run fits the filters.').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).press('Enter');
    await page.getByRole('link', { name: 'default/postgres/sample' }).first().press('Enter');
    await page.getByRole('heading', { name: 'default/postgres/sample', level: 1 }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  const places = () => ({ runs: '#/runs', result, start: '#/start', form: '#/start/extract-sql-metadata', flow: '#/start/etl-flow' });

  it.each<TabOptions>([{ theme: 'dark' }, { theme: 'light', width: 390 }, { theme: 'dark', width: 390 }])('has no barriers and fits the window: %j', async (options) => {
    const tab = await signIn('#/runs', options);
    for (const [name, hash] of Object.entries(places())) {
      await tab.page.goto(`${bed.api.url}/${hash}`);
      await tab.page.locator('main').getByRole('heading', { level: 1 }).waitFor();
      if (name === 'result') await tab.page.getByRole('heading', { name: 'Artifacts' }).waitFor();
      await tab.picture(name);
      expect([name, await tab.barriers(), await tab.overflows()]).toEqual([name, [], false]);
    }
  });

  it('offers no operation that the specification does not have', async () => {
    const { paths } = (await (await bed.api.fetch('/openapi.json')).json()) as { paths: Record<string, Record<string, { operationId: string }>> };
    const documented = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(OPERATIONS.filter((operation) => !documented.includes(operation))).toEqual([]);
  });

  it('asks the API for nothing that its specification does not have', async () => {
    const { paths } = (await (await bed.api.fetch('/openapi.json')).json()) as { paths: Record<string, Record<string, unknown>> };
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => new RegExp(`^${method.toUpperCase()} ${path.replace(/\/\{key\}$/, '/.+').replace(/\{\w+\}/g, '[^/]+')} \\d+$`)),
    );
    expect(calls.size).toBeGreaterThan(8);
    expect([...calls].filter((call) => !documented.some((pattern) => pattern.test(call)))).toEqual([]);
  });
});
