// Chromium for the page tests: playwright-core and axe from
// frontend/node_modules, the browser from the system. Every page fails its
// test on an error in the console, an uncaught exception or a request that
// leaves the site.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { origin, password } from '../support/api.mjs';
import { root } from '../support/servers.mjs';

const require = createRequire(join(root, 'frontend', 'package.json'));
const { chromium } = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Where screenshots go when EXREG_TEST_PICTURES names a folder. */
const pictures = process.env.EXREG_TEST_PICTURES;

/** One browser for a test file: before(start), after(stop). */
export class Browser {
  start = async () => {
    this.home = mkdtempSync(join(tmpdir(), 'exreg-chromium-'));
    this.browser = await chromium.launch({
      executablePath: process.env.EXREG_CHROMIUM ?? '/usr/bin/chromium',
      chromiumSandbox: process.getuid() !== 0, // root has none
      env: { ...process.env, HOME: this.home },
      args: [
        '--disable-dev-shm-usage',
        '--disable-gpu',
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      ],
    });
  };

  stop = async () => {
    await this.browser?.close();
    rmSync(this.home, { recursive: true, force: true });
  };

  /**
   * A page of its own context; faults collect in page.faults.
   * @param {object} [options] of browser.newContext
   */
  async page(options = {}) {
    const context = await this.browser.newContext({
      baseURL: origin,
      locale: 'en-GB',
      timezoneId: 'Europe/London',
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20000);
    page.faults = [];
    page.on('pageerror', (error) => page.faults.push(`exception: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') page.faults.push(`console: ${message.text()} ${message.location().url}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`)) page.faults.push(`left the site: ${request.url()}`);
    });
    return page;
  }

  /** The same, signed in through the form. */
  async signedIn(username, options) {
    const page = await this.page(options);
    await page.goto('/');
    await signIn(page, username);
    return page;
  }
}

/** Fill in the sign-in form that is shown, and wait for what comes after. */
export async function signIn(page, username, secret = password) {
  await page.locator('#username').fill(username);
  await page.locator('#password').fill(secret);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.locator('#password').waitFor({ state: 'detached' });
  expectedFaults(page, /\/api\/v1\/me$/); // 401: that is how the page learns it
}

/** Forget faults that the test meant to cause, such as a 409 in the console. */
export function expectedFaults(page, pattern) {
  page.faults = page.faults.filter((fault) => !pattern.test(fault));
}

/** No fault so far. */
export function assertClean(page) {
  assert.deepEqual(page.faults, []);
}

/** WCAG 2.2 AA as far as axe sees it: no violations. */
export async function assertAccessible(page, what) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags }), wcag);
  const told = violations.map((v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `    ${n.target.join(' ')}`).join('\n')}`);
  assert.equal(violations.length, 0, `${what}\n${told.join('\n')}`);
}

/** A picture for people to look at, when they asked for one. */
export async function picture(page, name) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}
