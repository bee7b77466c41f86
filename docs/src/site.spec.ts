import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser, launchBrowser, NO_BROWSER } from '@tributary/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { serveSite, type SiteServer } from './site-server.js';

const SITE = join(__dirname, '..', 'dist', 'site');
const PICTURES = join(__dirname, '..', 'test-output', 'pictures');

let server: SiteServer;

beforeAll(async () => {
  if (!existsSync(join(SITE, 'index.html'))) throw new Error(`${SITE} is not built: run npx nx build docs`);
  server = await serveSite(SITE);
});
afterAll(() => server.close());

it('leads from its start to every page, and nowhere to none', async () => {
  const seen = new Map<string, string>();
  const broken: string[] = [];
  const queue = [server.url];
  for (let url = queue.pop(); url !== undefined; url = queue.pop()) {
    if (seen.has(url)) continue;
    const response = await fetch(url);
    if (!response.ok) broken.push(url);
    const text = response.headers.get('content-type') === 'text/html' ? await response.text() : '';
    seen.set(url, text);
    for (const [, href = ''] of text.matchAll(/(?:href|src)="([^"]*)"/g)) {
      const target = new URL(href, url);
      if (target.origin !== new URL(server.url).origin) continue;
      target.hash = '';
      queue.push(target.href);
    }
  }
  expect(broken).toEqual([]);
  const pages = [...seen.keys()].map((url) => url.slice(server.url.length));
  for (const page of ['guides/launchpad.html', 'adr/index.html', 'http-api/runs.html', 'configuration.html', 'errors.html', 'entities.html', 'events.html', 'workflow-types.html']) {
    expect(pages).toContain(page);
  }
});

const program = findBrowser();
if (program === undefined) console.warn(`The site is not looked at: ${NO_BROWSER}`);

(program === undefined ? describe.skip : describe)('in a browser', () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    browser = await launchBrowser(program ?? '');
  }, 60_000);
  afterAll(() => browser.close());
  beforeEach(async () => {
    page = await browser.newPage();
    complaints = [];
    page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
    page.on('pageerror', ({ message }) => { complaints.push(message); });
  });
  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  const picture = (name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`) });

  it('finds sections by words, and goes there by keys', async () => {
    await page.goto(server.url);
    await page.keyboard.press('/');
    await page.keyboard.type('rotate token');
    await page.waitForSelector('#found a[aria-selected="true"]');
    await picture('search');
    await page.keyboard.press('ArrowDown');
    const chosen = await page.getAttribute('#found a[aria-selected="true"]', 'href');
    await page.keyboard.press('Enter');
    await page.waitForURL(new URL(chosen ?? '', server.url).href);
  }, 60_000);

  it('finds an error by its code, and says so when there is nothing', async () => {
    await page.goto(`${server.url}guides/launchpad.html`);
    await page.fill('input[type=search]', 'CONFIG_INVALID');
    await page.waitForSelector('#found a');
    expect(await page.textContent('#found a')).toContain('CONFIG_INVALID');
    await page.fill('input[type=search]', 'qqqqqqqq');
    await page.waitForSelector('#found .nothing');
  }, 60_000);

  it('is dark and light as one likes, and stays so', async () => {
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(`${server.url}architecture.html`);
    const dark = await background();
    await picture('dark');
    await page.click('button.theme');
    expect(await page.textContent('button.theme')).toBe('Theme: light');
    const light = await background();
    expect(light).not.toBe(dark);
    await page.reload();
    expect(await background()).toBe(light);
    expect(await page.locator('svg.diagram').count()).toBeGreaterThan(0);
    await picture('light');
  }, 60_000);

  it('fits a narrow screen: nothing but code and tables scrolls sideways, and the list of pages opens on demand', async () => {
    await page.setViewportSize({ width: 360, height: 700 });
    for (const path of ['', 'architecture.html', 'configuration.html', 'http-api/runs.html', 'events.html']) {
      await page.goto(server.url + path);
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 360]);
    }
    expect(await page.isVisible('nav.pages')).toBe(false);
    await page.click('button.menu');
    expect(await page.isVisible('nav.pages a')).toBe(true);
    await picture('narrow');
    await page.keyboard.press('Escape');
    expect(await page.isVisible('nav.pages')).toBe(false);
  }, 60_000);

  it('works from a folder, without a server', async () => {
    await page.goto(pathToFileURL(join(SITE, 'guides', 'stateful-hierarchy.html')).href);
    await page.fill('input[type=search]', 'manifest');
    await page.waitForSelector('#found a');
    await page.click('#found a');
    expect(page.url()).toMatch(/^file:.*\.html/);
    await page.waitForSelector('main h1');
  }, 60_000);
});
