// Every page in the shapes people meet it: narrow as a phone at 320 px, and
// dark. No violation of WCAG 2.2 AA, nothing to scroll sideways.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, assertAccessible, assertClean, picture } from './support.mjs';

const browser = new Browser();
before(browser.start);
after(browser.stop);

const pages = {
  'ada.marsh': ['/', '/register', '/requests/new'],
  'sam.okafor': ['/', '/queue', '/dashboard'],
  'ivy.chen': ['/register?status=all&sort=-number', '/audit'],
  'tom.reyes': ['/admin/groups', '/admin/groups/add', '/admin/people'],
};

const shapes = [
  { name: 'narrow', options: { viewport: { width: 320, height: 800 } } },
  { name: 'dark', options: { colorScheme: 'dark' } },
];

/** What is there once the page has its data. */
async function settled(page) {
  await page.locator('main h1').first().waitFor();
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
  await page.evaluate(() => document.fonts.ready);
}

for (const shape of shapes) {
  for (const [person, paths] of Object.entries(pages)) {
    test(`${shape.name}: the pages of ${person}`, async () => {
      const page = await browser.signedIn(person, shape.options);
      for (const path of paths) {
        await page.goto(path);
        await settled(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(wide, 0, `${path} scrolls sideways by ${wide} px`);
        await assertAccessible(page, `${shape.name} ${path}`);
        await picture(page, `${shape.name}${path.replace(/\W+/g, '-')}`);
      }
      assertClean(page);
      await page.context().close();
    });
  }
}

test('sign-in: narrow, dark, and an address that is not there', async () => {
  for (const shape of shapes) {
    const page = await browser.page(shape.options);
    await page.goto('/');
    await page.locator('#username').waitFor();
    await assertAccessible(page, `${shape.name} sign-in`);
    await picture(page, `${shape.name}-sign-in`);
    await page.context().close();
  }
  const page = await browser.signedIn('ada.marsh');
  await page.goto('/no/such/page');
  await page.getByRole('heading', { name: 'Page not found' }).or(page.getByText('Nothing is here')).first().waitFor();
  await assertAccessible(page, 'not found');
  await page.context().close();
});
