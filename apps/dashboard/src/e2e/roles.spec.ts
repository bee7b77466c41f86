import { findBrowser, launchBrowser, NO_BROWSER } from '@tributary/testing/browser';
import { waitFor } from '@tributary/testing/stack';
import type { Browser, Page } from 'playwright-core';
import { DashboardBed, TOPIC, type Role } from './dashboard-bed.js';
import { Tab, type TabOptions } from './tab.js';

const program = findBrowser();
if (program === undefined) process.stderr.write(`The tests of roles and saved things in a browser are skipped: ${NO_BROWSER}.\n`);

const describeInBrowser = program === undefined ? describe.skip : describe;

const MOCK = { type: 'LaunchpadQuery', args: { team: 'some-team', data_date_start: '2023-01-01', data_date_end: '2023-02-01' } };
const CONFIGURATION = '/v1/configurations/weekly-mock';

describeInBrowser('what each role may do, in a browser and on the real stack', () => {
  let bed: DashboardBed;
  let browser: Browser;
  const tabs: Tab[] = [];

  beforeAll(async () => {
    browser = await launchBrowser(program as string);
    bed = await DashboardBed.start();
  }, 120_000);

  afterEach(async () => {
    for (const tab of tabs.splice(0)) {
      expect(tab.complaints).toEqual([]);
      expect(tab.calls.filter((call) => / 5\d\d$/.test(call))).toEqual([]);
      await tab.close();
    }
  });

  afterAll(async () => {
    await browser?.close();
    await bed?.stop();
  }, 60_000);

  async function signIn(role: Role, hash = '#/runs', options?: TabOptions): Promise<Tab> {
    const tab = await Tab.open(browser, options);
    tabs.push(tab);
    await tab.page.goto(bed.linkOf(role));
    await tab.page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    if (hash !== '#/runs') await goTo(tab, hash);
    return tab;
  }

  const goTo = async ({ page }: Tab, hash: string): Promise<void> => {
    await page.goto(`${bed.api.url}/${hash}`);
  };
  const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();

  const put = (path: string, body: object, headers: Record<string, string>) =>
    bed.api.fetch(path, { method: 'PUT', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

  /** Names of all buttons and links of the page that do something, once it is there. */
  async function offered({ page }: Tab): Promise<string[]> {
    await page.locator('main').getByRole('heading', { level: 1 }).waitFor();
    await waitFor('what is read to be there', async () => (await page.locator('main').getByText('Loading…').count()) === 0);
    return page.locator('main').locator('button, a.button').allTextContents();
  }

  it('keeps what stands in a form as a configuration, and starts it', async () => {
    const tab = await signIn('admin', '#/configurations');
    const { page } = tab;
    await page.getByText('Nothing is saved.').waitFor();
    await tab.picture('configurations-none');
    await page.getByRole('link', { name: 'Choose what to run' }).click();
    await page.getByRole('heading', { name: 'Load made-up events' }).click();
    await page.getByRole('button', { name: 'JSON' }).click();
    await page.getByLabel('Input as JSON').fill(JSON.stringify(MOCK));
    await page.getByRole('button', { name: 'Save as configuration' }).click();
    await page.getByLabel('Name', { exact: true }).fill('weekly-mock');
    await page.getByLabel('Description').fill('Made-up events, every week');
    await tab.picture('configuration-save');
    expect(await tab.barriers()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'weekly-mock' }).click();
    await heading(page, 'weekly-mock');
    await page.getByText('Made-up events, every week').waitFor();
    await tab.picture('configuration');
    expect(await tab.barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Start weekly-mock' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start the run' }).click();
    await page.waitForURL(/#\/runs\/.+/);
    await page.getByRole('heading', { name: 'Artifacts' }).waitFor();
  });

  it('says that a name is taken, and lets another be chosen', async () => {
    const { page } = await signIn('admin', '#/start/mock-flow?configuration=weekly-mock');
    await page.getByRole('button', { name: 'Save as configuration' }).click();
    await page.getByLabel('Name', { exact: true }).fill('weekly-mock');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText('The name weekly-mock is taken.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('another-mock');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'another-mock' }).waitFor();
    const { input } = (await (await bed.api.fetch('/v1/configurations/another-mock')).json()) as { input: unknown };
    expect(input).toEqual(MOCK);
  });

  it('shows what two have changed at once, and loses nothing of either', async () => {
    const tab = await signIn('admin', '#/configurations/weekly-mock/edit');
    const { page } = tab;
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await page.getByLabel('Description').fill('Mine');
    const theirs = { description: 'Made-up events, every week', runType: 'mock-flow', input: { ...MOCK, args: { ...MOCK.args, team: 'their-team' } } };
    expect((await put(CONFIGURATION, theirs, { 'if-match': '*' })).status).toBe(200);
    await save.click();
    await page.getByText('Somebody has changed it since you opened it.').waitFor();
    await page.getByRole('row', { name: /\/input\/args\/team some-team their-team some-team/ }).waitFor();
    await page.getByRole('row', { name: /\/description .* Mine/ }).waitFor();
    await tab.picture('configuration-conflict');
    expect(await tab.barriers()).toEqual([]);
    expect(await page.getByLabel('Description').inputValue()).toBe('Mine');
    await page.getByRole('button', { name: 'Put my changes into theirs' }).click();
    expect(await page.getByRole('textbox', { name: 'Team' }).inputValue()).toBe('their-team');
    expect(await page.getByLabel('Description').inputValue()).toBe('Mine');
    await save.click();
    await page.getByText('Input of its runs').waitFor();
    const saved = (await (await bed.api.fetch(CONFIGURATION)).json()) as { description: string; input: unknown };
    expect(saved).toMatchObject({ description: 'Mine', input: theirs.input });
  });

  it('keeps what is typed when what is edited was deleted', async () => {
    const { page } = await signIn('admin', '#/configurations/another-mock/edit');
    await page.getByLabel('Description').fill('Still wanted');
    expect((await bed.api.fetch('/v1/configurations/another-mock', { method: 'DELETE', headers: { 'if-match': '*' } })).status).toBe(204);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Somebody has deleted it since you opened it.').waitFor();
    await page.getByRole('button', { name: 'Save it anew' }).click();
    await heading(page, 'another-mock');
    await page.getByText('Still wanted').waitFor();
  });

  it('makes an event rule of a configuration, changes and deletes it', async () => {
    const tab = await signIn('admin', '#/event-rules');
    const { page } = tab;
    await page.getByText('There are no rules.').waitFor();
    await page.getByRole('link', { name: 'New rule' }).click();
    await page.getByRole('button', { name: 'Make the rule' }).click();
    await page.getByText('This is needed.').first().waitFor();
    await page.getByLabel('Name', { exact: true }).fill('after-each-load');
    expect(await page.getByLabel('Topic').inputValue()).toBe(TOPIC);
    await page.getByLabel('Type').fill('com.example.load.finished');
    await page.getByRole('button', { name: 'Add a value of the data' }).click();
    await page.getByLabel('Place in the data').fill('/table/schema');
    await page.getByLabel('Value', { exact: true }).fill('sales');
    await page.getByLabel('Starts').selectOption('type:mock-flow');
    await page.getByLabel('Input as JSON').fill(JSON.stringify({ ...MOCK, args: { ...MOCK.args, team: { $event: '/elsewhere' } } }));
    await page.getByRole('button', { name: 'Make the rule' }).click();
    await page.getByText('/start/input/args/team').first().waitFor();
    await tab.picture('event-rule-form');
    expect(await tab.barriers()).toEqual([]);
    await page.getByLabel('Starts').selectOption('configuration:weekly-mock');
    await page.getByRole('button', { name: 'Make the rule' }).click();
    await heading(page, 'after-each-load');
    const read = async (): Promise<object> => (await (await bed.api.fetch('/v1/event-rules/after-each-load')).json()) as object;
    expect(await read()).toMatchObject({ topic: TOPIC, match: { type: 'com.example.load.finished', data: { '/table/schema': 'sales' } }, start: { configuration: 'weekly-mock' } });
    await tab.picture('event-rule');
    expect(await tab.barriers()).toEqual([]);

    await page.getByRole('link', { name: 'weekly-mock' }).click();
    await heading(page, 'weekly-mock');
    await page.getByRole('link', { name: 'after-each-load' }).click();
    await heading(page, 'after-each-load');
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Subject').fill('sales');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Events that it takes').waitFor();
    expect(await read()).toMatchObject({ match: { subject: 'sales', type: 'com.example.load.finished' } });
  });

  it.each<[Role, readonly string[], readonly string[]]>([
    ['viewer', ['Runs', 'Configurations', 'Schedules', 'Event rules', 'Events', 'Entities'], []],
    ['operator', ['Runs', 'Start a run', 'Configurations', 'Schedules', 'Event rules', 'Sources', 'Events', 'Entities'], ['Start', 'Change, then start']],
    ['admin', ['Runs', 'Start a run', 'Configurations', 'Schedules', 'Event rules', 'Sources', 'Events', 'Entities'], ['Start', 'Change, then start', 'Schedule', 'Edit', 'Delete']],
  ])('offers a %s what he may do and no more', async (role, sections, ofConfiguration) => {
    const schedule = { id: 'weekly', runType: 'mock-flow', input: MOCK, spec: { intervalSeconds: 604_800 }, overlap: 'SKIP', paused: false };
    await bed.api.fetch('/v1/schedules', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(schedule) });
    const tab = await signIn(role);
    const { page } = tab;
    await page.getByRole('button', { name: `Signed in as somebody-${role} ${role}` }).waitFor();
    expect(await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allTextContents()).toEqual(sections);
    expect((await offered(tab)).includes('Start a run')).toBe(role !== 'viewer');

    await goTo(tab, '#/configurations/weekly-mock');
    await heading(page, 'weekly-mock');
    await page.getByText('Input of its runs').waitFor();
    expect(await offered(tab)).toEqual(ofConfiguration);

    await goTo(tab, '#/schedules/weekly');
    await heading(page, 'weekly');
    await page.getByText('Made', { exact: true }).waitFor();
    expect(await offered(tab)).toEqual(role === 'viewer' ? [] : role === 'operator' ? ['Start now', 'Pause'] : ['Start now', 'Pause', 'Delete']);

    await goTo(tab, '#/event-rules/after-each-load');
    await heading(page, 'after-each-load');
    await page.getByText('Events that it takes').waitFor();
    expect(await offered(tab)).toEqual(role === 'admin' ? ['Edit', 'Delete'] : []);

    await goTo(tab, '#/entities');
    await page.getByText('No entity of this type is running.').waitFor();
    expect((await offered(tab)).includes('Start an entity')).toBe(role !== 'viewer');

    for (const [hash, needed] of [['#/start/mock-flow', 'operator'], ['#/schedules/new', 'admin'], ['#/configurations/weekly-mock/edit', 'admin']] as const) {
      await goTo(tab, hash);
      const may = role === 'admin' || role === needed;
      if (may) await page.locator('main').locator('form, #what').first().waitFor();
      else await page.getByText('Your role does not allow this.').waitFor();
    }
    if (role === 'viewer') await tab.picture('role-viewer');
    expect(tab.calls.filter((call) => call.endsWith(' 403'))).toEqual([]);
    expect(await tab.barriers()).toEqual([]);
  });

  it('says who is signed in, and goes on as another with a key that is good', async () => {
    const tab = await signIn('viewer', '#/configurations/weekly-mock');
    const { page } = tab;
    await heading(page, 'weekly-mock');
    await page.getByRole('button', { name: /^Signed in as somebody-viewer/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('somebody-viewer').waitFor();
    await tab.picture('account');
    expect(await tab.barriers()).toEqual([]);
    await dialog.getByLabel('Another API key or access token').fill('trib_of-nobody');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.getByRole('alert').waitFor();
    // A wrong key ends nothing.
    expect(await page.evaluate(() => sessionStorage.length)).toBe(1);
    await dialog.getByLabel('Another API key or access token').fill(bed.api.keys.operator);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: /^Signed in as somebody-operator/ }).waitFor();
    await heading(page, 'weekly-mock');
    await page.getByRole('button', { name: 'Start weekly-mock' }).waitFor();
  });

  it('says what a role lacks when it has become less meanwhile, and stops offering it', async () => {
    const tab = await signIn('admin', '#/configurations/weekly-mock');
    const { page } = tab;
    const remove = page.getByRole('button', { name: 'Delete', exact: true });
    await remove.click();
    // As after a restart of the API with another role for this key.
    await page.route('**/v1/**', (route) => route.continue({ headers: { ...route.request().headers(), authorization: `Bearer ${bed.api.keys.operator}` } }));
    await page.getByRole('button', { name: 'Delete the configuration' }).click();
    await page.getByText('You may not do this. The caller has role operator. Allowed: role admin.').waitFor();
    await page.getByRole('button', { name: 'Sign in with another key' }).waitFor();
    // Beneath the dialog.
    await page.getByRole('button', { name: 'Signed in as somebody-operator operator', includeHidden: true }).waitFor();
  });

  it('deletes a configuration after it has named the rules that start it', async () => {
    const tab = await signIn('admin', '#/configurations/weekly-mock');
    const { page } = tab;
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('An event rule starts it: after-each-load.').waitFor();
    await page.getByRole('button', { name: 'Delete the configuration' }).click();
    await heading(page, 'Configurations');
    await page.getByRole('link', { name: 'another-mock' }).waitFor();
    expect(await page.getByRole('link', { name: 'weekly-mock' }).count()).toBe(0);
    expect((await bed.api.fetch(CONFIGURATION)).status).toBe(404);
    await goTo(tab, '#/event-rules/after-each-load');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Delete the rule' }).click();
    await page.getByText('There are no rules.').waitFor();
  });

  it.each<TabOptions>([{ theme: 'dark' }, { theme: 'light', width: 390 }, { theme: 'dark', width: 390 }])('has no barriers and fits the window: %j', async (options) => {
    const name = 'a-name-of-sixty-four-characters-which-is-the-most-that-it-may-ha';
    await put(`/v1/configurations/${name}`, { runType: 'mock-flow', input: MOCK, description: 'Something long that says what this is for. '.repeat(8) }, { 'if-none-match': '*' });
    await put(`/v1/event-rules/${name}`, { topic: TOPIC, match: { type: 'com.example.warehouse.loads.of.every.night.finished', data: { '/table/schema': 'sales' } }, start: { configuration: name } }, { 'if-none-match': '*' });
    const tab = await signIn('admin', '#/configurations', options);
    const places = {
      configurations: '#/configurations',
      configuration: `#/configurations/${name}`,
      'configuration-edit': `#/configurations/${name}/edit`,
      'event-rules': '#/event-rules',
      'event-rule': `#/event-rules/${name}`,
      'event-rule-edit': `#/event-rules/${name}/edit`,
    };
    for (const [place, hash] of Object.entries(places)) {
      await goTo(tab, hash);
      await offered(tab);
      await tab.picture(`saved-${place}`);
      expect([place, await tab.barriers(), await tab.overflows()]).toEqual([place, [], false]);
    }
  });
});
