import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const SCREENSHOTS = resolve(__dirname, '../../test-output/screenshots');
const AXE = require.resolve('axe-core/axe.min.js');

export interface TabOptions {
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
}

/** A tab of its own session, which keeps what the browser complains about. */
export class Tab {
  /** Errors and warnings of the console, among them what the content security policy has stopped. */
  readonly complaints: string[] = [];
  /** Calls of the API: `GET /v1/runs 200`. */
  readonly calls: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
    private readonly suffix: string,
  ) {
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith('/v1/')) this.calls.push(`${response.request().method()} ${pathname} ${response.status()}`);
    });
    page.on('console', (message) => {
      // A refused request is told to whoever reads the page; the browser notes it as well.
      if (['error', 'warning'].includes(message.type()) && !message.text().startsWith('Failed to load resource')) this.complaints.push(message.text());
    });
  }

  static async open(browser: Browser, { theme = 'light', width = 1280 }: TabOptions = {}): Promise<Tab> {
    const context = await browser.newContext({ colorScheme: theme, viewport: { width, height: 860 } });
    await context.addInitScript({ path: AXE });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    return new Tab(context, page, `${theme}${width < 800 ? '-narrow' : ''}`);
  }

  /** Keeps a picture of the page as test output. */
  async picture(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.page.evaluate(() => { window.scrollTo(0, 0); });
    await this.page.screenshot({ path: resolve(SCREENSHOTS, `${name}-${this.suffix}.png`), fullPage: true });
  }

  /** What axe finds that keeps somebody from using the page: rules and places. */
  async barriers(): Promise<string[]> {
    const { violations } = await this.page.evaluate(async () => {
      // What has just been measured is drawn in the next frame.
      for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
      return (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run();
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`));
  }

  /** Whether the page is wider than the window. */
  overflows(): Promise<boolean> {
    return this.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
