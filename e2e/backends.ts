import assert from 'node:assert/strict';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findChromium } from 'workos-mock/browser';
import { compare, type Expectation } from '../packages/workos-mock/test/backends/compare.ts';
import { type Backend, PASSWORD, prepare } from '../packages/workos-mock/test/backends/journeys.ts';
import { type Instance, next, singlePage, type Start, worker } from './built-apps.ts';
import { commandLine } from './command-line.ts';

/**
 * `pnpm backends`: people sign in to the built apps in Chromium, on this mock, on the vendor's emulator and on a real
 * environment, by the apps' own settings alone; and a table of what differs. EMULATOR and STAGING_… as for the journeys of the
 * SDK, in packages/workos-mock/test/backends/run.ts. A real environment must know the addresses that each app's README lists.
 */

interface App {
  start: Start;
  /** Where it is at home, and what a real environment knows as its redirect URI. */
  port: number;
  /** Where a sign-in starts; the person's address goes after it. */
  signIn: string;
  /** A page for signed-in people that says who they are, one that says in which organization, and the one to leave from. */
  account: string;
  organization: string;
  leave: string;
}

const nextApp = { signIn: '/sign-in?loginHint=', account: '/account', organization: '/account' };
const APPS: Record<string, App> = {
  'nextjs-proxy': { start: next('nextjs-proxy'), port: 3000, ...nextApp, leave: '/account' },
  'nextjs-composable': {
    start: next('nextjs-composable'),
    port: 3001,
    signIn: '/sign-in?loginHint=',
    account: '/en/account',
    organization: '/en/account',
    leave: '/en/account',
  },
  'nextjs-middleware': {
    start: next('nextjs-middleware'),
    port: 3002,
    ...nextApp,
    leave: '/account',
  },
  worker: {
    start: worker,
    port: 8787,
    signIn: '/login?login_hint=',
    account: '/me',
    organization: '/me',
    leave: '/me',
  },
  'react-spa': {
    start: singlePage,
    port: 5173,
    signIn: '/login?returnTo=/account&login_hint=',
    account: '/account',
    organization: '/switch-to-organization',
    leave: '/logout',
  },
};

type Person = Awaited<ReturnType<ReturnType<typeof prepare>['ground']['newPerson']>>;

/** Goes through the hosted page, whosever it is, until the browser is back at the app. */
async function passHostedPage(page: Page, origin: string, { email }: Person): Promise<void> {
  const address = page.locator('input[type=email]:visible, input[name=email]:visible').first();
  const password = page.locator('input[type=password]:visible').first();
  // A single-page app leads on, and exchanges the code, while one of its own pages is open.
  await page.waitForLoadState('networkidle');
  for (let step = 0; step < 4 && new URL(page.url()).origin !== origin; step++) {
    await address.or(password).first().waitFor({ timeout: 10_000 });
    if (await address.isEditable().catch(() => false)) await address.fill(email);
    const last = (await password.isVisible()) ? password : address;
    if (last === password) await password.fill(PASSWORD);
    await last.press('Enter');
    await page.waitForLoadState('networkidle');
  }
}

/** Waits until the page says so; otherwise fails with what it says instead. */
async function expectWords(page: Page, words: string): Promise<void> {
  const found = page.locator('main, body').first().getByText(words).first().waitFor();
  await found.catch(async () => {
    const { pathname } = new URL(page.url());
    assert.fail(
      `${pathname} says “${(await page.locator('main, body').first().innerText()).trim()}”`,
    );
  });
}

/** What an app's people expect, each in a browser of their own. */
function expectationsOf(name: string, app: App, backend: Backend, browser: Browser): Expectation[] {
  const origin = `http://localhost:${app.port}`;
  const expectation = (
    what: string,
    walk: (
      page: Page,
      person: Person,
      ground: ReturnType<typeof prepare>['ground'],
    ) => Promise<void>,
  ): Expectation => ({
    name: `${name}: ${what}`,
    async run() {
      const { ground, clear } = prepare(backend);
      const context = await browser.newContext({ baseURL: origin });
      context.setDefaultTimeout(8_000);
      try {
        await walk(await context.newPage(), await ground.newPerson(), ground);
      } finally {
        await context.close();
        await clear();
      }
    },
  });
  const signIn = async (page: Page, person: Person) => {
    await page.goto(app.signIn + encodeURIComponent(person.email));
    await passHostedPage(page, origin, person);
    await page.goto(app.account);
    await expectWords(page, person.email);
  };
  return [
    expectation('a person signs in, and the page says who it is', signIn),
    expectation('a deep link with its query survives sign-in', async (page, person) => {
      const link = `${app.account}?tab=a&list=1&list=2`;
      await page.goto(link);
      await passHostedPage(page, origin, person);
      await page.waitForURL((url) => url.origin === origin && url.pathname === app.account);
      assert.equal(new URL(page.url()).search, '?tab=a&list=1&list=2');
    }),
    expectation('a reload finds the person still there', async (page, person) => {
      await signIn(page, person);
      await page.reload();
      await expectWords(page, person.email);
    }),
    expectation('their one organization is in the session', async (page, person, ground) => {
      const { id } = await ground.newOrganization();
      await ground.workos.userManagement.createOrganizationMembership({
        userId: person.id,
        organizationId: id,
      });
      await signIn(page, person);
      await page.goto(app.organization);
      await expectWords(page, id);
    }),
    expectation('sign-out ends the session, here and there', async (page, person, { workos }) => {
      await signIn(page, person);
      await page.goto(app.leave);
      await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
      await page.waitForLoadState('networkidle');
      const { data } = await workos.userManagement.listSessions(person.id);
      assert.ok(!data.some(({ status }) => status === 'active'), 'the session lives on');
      await page.goto('/');
      const text = await page.locator('body').innerText();
      assert.ok(!text.includes(person.email), 'the start page still names the person');
    }),
  ];
}

/** The command line signs in through a browser, says who it is, prints a token and signs out. */
function atTheCommandLine(backend: Backend, browser: Browser): Expectation {
  return {
    name: 'pkce-cli: login through the browser, whoami, token, logout',
    async run() {
      const { ground, clear } = prepare(backend);
      const cli = await commandLine(backend);
      const context = await browser.newContext();
      context.setDefaultTimeout(8_000);
      try {
        const person = await ground.newPerson();
        const login = cli.run('login', '--no-browser', '--hint', person.email);
        const page = await context.newPage();
        const address = await login.address;
        await page.goto(address);
        await passHostedPage(page, new URL(address).origin, person);
        await login.ended;
        assert.ok((await cli.run('whoami').ended).includes(person.email), 'whoami');
        assert.match(await cli.run('token').ended, /^[\w-]+\.[\w-]+\.[\w-]+\s*$/);
        await cli.run('logout').ended;
      } finally {
        await context.close();
        await clear();
        await cli.remove();
      }
    },
  };
}

await compare(async (backend) => {
  const browser = await chromium.launch(findChromium(chromium.executablePath())?.launchOptions);
  const instances: Instance[] = [];
  for (const { start, port } of Object.values(APPS)) {
    const origin = `http://localhost:${port}`;
    const cookiePassword = 'backends-only-cookie-password-of-the-apps';
    instances.push(await start({ origin, api: backend, cookiePassword }, port));
  }
  return {
    expectations: [
      ...Object.entries(APPS).flatMap(([name, app]) => expectationsOf(name, app, backend, browser)),
      atTheCommandLine(backend, browser),
    ],
    async close() {
      await browser.close();
      await Promise.all(instances.map(({ stop }) => stop()));
    },
  };
});
