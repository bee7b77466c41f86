import { findBrowser, launchBrowser, NO_BROWSER } from '@tributary/testing/browser';
import type { Browser } from 'playwright-core';
import { Tab, type TabOptions } from './tab.js';
import { TOKEN, ViewsBed } from './views-bed.js';

const program = findBrowser();
if (program === undefined) process.stderr.write(`The tests of the dashboard's views in a browser are skipped: ${NO_BROWSER}.\n`);

const describeInBrowser = program === undefined ? describe.skip : describe;

describeInBrowser('the views of what there is, in a browser and on the real stack', () => {
  let views: ViewsBed;
  let browser: Browser;
  const tabs: Tab[] = [];

  beforeAll(async () => {
    [browser, views] = await Promise.all([launchBrowser(program as string), ViewsBed.start()]);
  }, 200_000);

  afterEach(async () => {
    for (const tab of tabs.splice(0)) {
      expect(tab.complaints).toEqual([]);
      expect(tab.calls.filter((call) => / 5\d\d$/.test(call))).toEqual([]);
      await tab.close();
    }
  });

  afterAll(async () => {
    await browser?.close();
    await views?.stop();
  }, 60_000);

  async function goTo(hash: string, heading: string, options?: TabOptions): Promise<Tab> {
    const tab = await Tab.open(browser, options);
    tabs.push(tab);
    const { api, link } = views.bed;
    await tab.page.goto(link);
    await tab.page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    await tab.page.goto(`${api.url}/${hash}`);
    await tab.page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    return tab;
  }

  const connection = 'default/postgres/sample';
  const focused = ({ page }: Tab): Promise<string | null | undefined> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);

  it('finds a table of a catalog by searching, and walks along its foreign keys', async () => {
    const tab = await goTo(views.catalogHash, connection);
    const { page } = tab;
    await page.getByRole('heading', { name: 'Schemas' }).waitFor();
    await tab.picture('catalog');
    expect(await tab.barriers()).toEqual([]);

    await page.locator('main').focus();
    await page.keyboard.press('/');
    await page.keyboard.type('measurements');
    await page.getByText('1,000 tables; the first 60 are shown.').waitFor();
    await tab.picture('catalog-search');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('order');
    const list = page.getByRole('navigation', { name: 'Catalog' });
    await list.getByRole('link', { name: /\.orders\b/ }).first().click();
    await page.getByRole('heading', { name: 'Foreign keys' }).waitFor();
    const diagram = page.getByRole('group', { name: /tables that foreign keys tie to it/ });
    const oneStep = await diagram.getByRole('link').count();
    expect(oneStep).toBeGreaterThan(2);
    await page.getByRole('button', { name: 'Two steps' }).click();
    expect(await diagram.getByRole('link').count()).toBeGreaterThanOrEqual(oneStep);
    await tab.picture('catalog-table');
    expect(await tab.barriers()).toEqual([]);

    // The keyboard reaches each table of the diagram, and goes there.
    const next = diagram.locator('a:not([aria-current])').first();
    const name = (await next.locator('title').textContent())?.split(',')[0]?.split('.')[1] ?? '';
    await next.focus();
    await page.keyboard.press('Enter');
    await page.locator('h2', { hasText: name }).waitFor();
    expect(page.url()).toContain(`%2F${name}`);
  });

  it('walks the tree of entities with the keyboard, pauses one and rotates its credential', async () => {
    const tab = await goTo('#/entities', 'Entities');
    const { page } = tab;
    const tree = page.getByRole('tree');
    await tree.getByRole('treeitem', { name: /^Acme & Company.*organization/ }).waitFor();
    await tree.getByRole('treeitem', { name: /source/ }).nth(1).waitFor();
    await tree.getByRole('treeitem', { level: 1 }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused(tab)).toContain(', source');
    await page.keyboard.press('ArrowRight');
    await tree.getByRole('treeitem', { level: 3 }).nth(20).waitFor();
    await page.keyboard.press('ArrowRight');
    expect(await focused(tab)).toContain(', dataset');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Loads' }).waitFor();
    await page.getByText('loaded', { exact: true }).first().waitFor();
    await tab.picture('entity');
    expect(await tab.barriers()).toEqual([]);

    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.locator('.facts').getByText('paused').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
    await page.locator('.facts').getByText('live').waitFor();
    await page.getByRole('button', { name: 'Rotate' }).click();
    await page.getByLabel('Reference').fill('hunter2');
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
    // The browser itself lets nothing but a reference be sent.
    expect(tab.calls.filter((call) => call.includes('api-token'))).toEqual([]);
    await page.getByLabel('Reference').fill(TOKEN);
    await tab.picture('entity-rotate');
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(tab.calls.filter((call) => call.includes('api-token'))).toEqual([expect.stringMatching(/^PUT .* 204$/)]);
  });

  it('makes a schedule, starts a run of it and pauses it', async () => {
    const tab = await goTo('#/schedules', 'Schedules');
    const { page } = tab;
    await page.getByText('Nothing is scheduled.').waitFor();
    await page.getByRole('link', { name: 'Make a schedule' }).click();
    await page.getByLabel('What it starts').selectOption('type:mock-flow');
    await page.getByRole('button', { name: 'Make the schedule' }).click();
    await page.getByText('Some places need a look.').waitFor();
    await tab.picture('schedule-form');
    expect(await tab.barriers()).toEqual([]);
    await page.getByLabel('Name', { exact: true }).fill('nightly-mock');
    await page.getByRole('button', { name: 'JSON' }).click();
    await page.getByLabel('Input as JSON').fill(JSON.stringify({ type: 'LaunchpadQuery', args: { team: 'some-team', data_date_start: '2023-01-01', data_date_end: '2023-01-08' } }));
    await page.getByRole('button', { name: 'Make the schedule' }).click();
    await page.getByRole('heading', { name: 'nightly-mock', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Start now: nightly-mock' }).click();
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.locator('.section', { hasText: 'Last runs' }).locator('li a').first().waitFor();
    await page.getByRole('button', { name: 'Pause nightly-mock' }).click();
    await page.getByLabel('Why').fill('not tonight');
    await page.getByRole('button', { name: 'Pause the schedule' }).click();
    await page.getByText('not tonight').waitFor();
    await tab.picture('schedule');
    expect(await tab.barriers()).toEqual([]);
    await page.getByRole('link', { name: 'Schedules' }).last().click();
    await page.getByRole('row', { name: /nightly-mock/ }).getByText('Paused').waitFor();
  });

  it('shows the events of each week, with the keyboard too', async () => {
    const tab = await goTo('#/events?from=2023-01-01&to=2023-06-01', 'Events');
    const { page } = tab;
    const chart = page.getByRole('group', { name: /^Events by week/ });
    await chart.waitFor();
    await chart.locator('[tabindex="0"]').focus();
    await page.keyboard.press('Home');
    const first = await focused(tab);
    await page.keyboard.press('ArrowRight');
    expect(await focused(tab)).not.toBe(first);
    const legend = page.getByRole('group', { name: 'Types that are shown' }).getByRole('button');
    await legend.first().click();
    expect(await legend.first().getAttribute('aria-pressed')).toBe('false');
    await legend.first().click();
    await tab.picture('events');
    expect(await tab.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'The last half year' }).click();
    await page.getByText('No events in these weeks.').waitFor();
  });

  it('browses a source and plans an extraction of it', async () => {
    const tab = await goTo('#/sources', 'Sources');
    const { page } = tab;
    const { postgres } = views.bed.stack;
    await page.getByRole('button', { name: 'Browse', exact: true }).click();
    await page.getByText('This is needed.').first().waitFor();
    await page.getByLabel('Host').fill(postgres.host);
    await page.getByLabel('User').fill(postgres.user);
    await page.getByLabel('Port').fill(String(postgres.port));
    await page.getByLabel('Password').fill(TOKEN);
    await page.getByLabel('Database optional', { exact: true }).fill('sample');
    await page.getByRole('button', { name: 'Ask this source' }).click();
    await page.getByRole('button', { name: 'sample', exact: true }).click();
    await page.getByRole('button', { name: 'bulk', exact: true }).click();
    await page.getByText('100 and more').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('200 and more').waitFor();
    await page.getByLabel('Search by name').fill('_0777');
    await page.getByText('measurements_of_a_station_with_a_rather_long_name_0777', { exact: true }).waitFor();
    await tab.picture('source-browse');
    expect(await tab.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Plan', exact: true }).click();
    await page.getByRole('heading', { name: 'Objects' }).waitFor();
    await tab.picture('source-plan');
    expect(await tab.barriers()).toEqual([]);
  });

  it('says what to do where a run has no catalog', async () => {
    const { page } = await goTo('#/catalog/nothing-of-this-name', 'Catalog');
    await page.getByText('RUN_UNKNOWN').waitFor();
  });

  it.each<TabOptions>([{ theme: 'dark' }, { theme: 'light', width: 390 }, { theme: 'dark', width: 390 }])('have no barriers and fit the window: %j', async (options) => {
    const places = {
      catalog: [`${views.catalogHash}?table=${encodeURIComponent(`${connection}/sample/sales/orders`)}&steps=2`, connection, 'Foreign keys'],
      entities: ['#/entities', 'Entities', undefined],
      schedules: ['#/schedules', 'Schedules', undefined],
      'new-schedule': ['#/schedules/new', 'New schedule', undefined],
      events: ['#/events?from=2023-01-01&to=2023-06-01', 'Events', 'The same in figures'],
      sources: ['#/sources', 'Sources', undefined],
    } as const;
    const tab = await goTo('#/runs', 'Runs', options);
    const { page } = tab;
    const barriers: string[] = [];
    for (const [name, [hash, title, below]] of Object.entries(places)) {
      await page.goto(`${views.bed.api.url}/${hash}`);
      await page.getByRole('heading', { name: title, level: 1 }).waitFor();
      if (below !== undefined) await page.getByRole('heading', { name: below }).waitFor();
      if (name === 'entities') await page.getByRole('treeitem', { name: /source/ }).nth(1).waitFor();
      if (name === 'schedules') await page.getByText('nightly-mock').waitFor();
      await tab.picture(`view-${name}`);
      barriers.push(...(await tab.barriers()).map((barrier) => `${name}: ${barrier}`), ...((await tab.overflows()) ? [`${name} is wider than the window`] : []));
    }
    expect(barriers).toEqual([]);
  });
});
