import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { MockControl } from 'workos-mock';
import { expect, test } from 'workos-mock/playwright';
import { COOKIE_PASSWORD, MOCK_PORT } from './addresses.ts';
import { Browser } from './browser.ts';
import { mockAt, type Instance, next, type Start, worker } from './built-apps.ts';
import { roundRobin } from './round-robin.ts';

test.describe.configure({ timeout: 60_000 });

test('ask/two-instances: nextjs-proxy: nobody is lost while one instance after the other is restarted [load/two-instances]', async ({
  page,
  workos,
}) => {
  await using app = await twoInstances(next('nextjs-proxy'));
  const others = await goOn(workos, `${app.origin}/account`);
  const { email, first, second } = await personOfTwoOrganizations(workos);

  // She begins at one instance, and comes back from the hosted page to the other.
  await page.goto(`${app.origin}/use-auth?tab=people`);
  const begunAt = app.answeredBy('/use-auth');
  await app.stop(begunAt);
  await fillSignIn(page, email, first.name);
  await expect(page).toHaveURL(`${app.origin}/use-auth?tab=people`);
  const other = app.answeredBy('/callback');
  expect(other).not.toBe(begunAt);

  // Now the first one is back, and remembers nothing.
  await app.start(begunAt);
  const button = page.getByRole('button', { name: second.name, exact: true });
  await button.click();
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await app.stop(other);
  await page.reload();
  expect(app.answeredBy('/use-auth')).toBe(begunAt);
  await expect(page).toHaveURL(`${app.origin}/use-auth?tab=people`);
  await expect(page.getByRole('main')).toContainText(email);
  await expect(button).toHaveAttribute('aria-pressed', 'true');

  await page.goto(`${app.origin}/with-auth`);
  await app.start(other);
  await page.getByLabel('New note').fill('Still here');
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByText('Added.')).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(first.id);
  expect(await others.stop()).toEqual([]);
});

test('ask/two-instances: worker: nobody is lost while one instance after the other is restarted [load/two-instances]', async ({
  page,
  workos,
}) => {
  await using app = await twoInstances(worker);
  const others = await goOn(workos, `${app.origin}/me`);
  const { email, first, second } = await personOfTwoOrganizations(workos);
  const wanted = '/me?tab=people';

  await page.goto(`${app.origin}/login?returnTo=${encodeURIComponent(wanted)}`);
  const begunAt = app.answeredBy('/login');
  await app.stop(begunAt);
  await fillSignIn(page, email, first.name);
  await expect(page).toHaveURL(app.origin + wanted);
  const other = app.answeredBy('/callback');
  expect(other).not.toBe(begunAt);

  await app.start(begunAt);
  await page.getByLabel('Organization').fill(second.id);
  await page.getByRole('button', { name: 'Switch' }).click();
  await expect(page.getByText(second.id)).toBeVisible();
  await app.stop(other);
  await page.goto(app.origin + wanted);
  expect(app.answeredBy('/me')).toBe(begunAt);
  await expect(page.getByRole('heading')).toHaveText(`Signed in as ${email}`);
  await expect(page.getByText(second.id)).toBeVisible();

  await app.start(other);
  await page.reload();
  await expect(page.getByRole('heading')).toHaveText(`Signed in as ${email}`);
  expect(await others.stop()).toEqual([]);
});

test('ask/two-instances: nextjs-proxy: a new cookie password asks people to sign in again, and brings them back to their page', async ({
  guard,
  page,
  workos,
}) => {
  // Nobody takes what a page asks for meanwhile.
  guard.allow(/502 \(Bad Gateway\)|ChunkLoadError|Failed to load chunk/);
  await using app = await twoInstances(next('nextjs-proxy'));
  const { email, first } = await personOfTwoOrganizations(workos);
  const wanted = `${app.origin}/use-auth?tab=people`;
  await page.goto(wanted);
  await fillSignIn(page, email, first.name);
  await expect(page).toHaveURL(wanted);

  // AuthKit knows them still: they come back without a page in between.
  await app.restart('a-new-cookie-password-for-everybody');
  await page.reload();
  await expect(page).toHaveURL(wanted);
  await expect(page.getByRole('main')).toContainText(email);

  // Who was at the hosted page meanwhile comes back with a state that nobody can read any more.
  await page.context().clearCookies();
  await page.goto(wanted);
  await app.restart(COOKIE_PASSWORD);
  await fillSignIn(page, email, first.name);
  await expect(page.getByRole('heading', { name: 'Sign-in failed' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${app.origin}/account`);
});

/** Two instances of a built app behind a balancer, which passes over one that is stopped. */
async function twoInstances(start: Start) {
  const balancer = await roundRobin();
  const { origin, instances, answeredBy } = balancer;
  const settings = { origin, api: mockAt(MOCK_PORT), cookiePassword: COOKIE_PASSWORD };
  const running = new Map<number, Instance>();
  const startAt = async (port: number) => {
    running.set(port, await start(settings, port));
  };
  // Not of those that the system hands out: nobody takes one while its instance is stopped.
  const first = 3060 + 2 * test.info().parallelIndex;
  instances.push(first, first + 1);
  await Promise.all(instances.map(startAt));
  return {
    origin,
    answeredBy: (path: string) => answeredBy.get(path) ?? 0,
    start: startAt,
    stop: (port: number) => running.get(port)?.stop(),
    /** All of them at once, with other cookies. */
    async restart(cookiePassword: string) {
      settings.cookiePassword = cookiePassword;
      await Promise.all([...running.values()].map((instance) => instance.stop()));
      await Promise.all(instances.map(startAt));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...running.values()].map((instance) => instance.stop()));
      balancer.close();
    },
  };
}

/** Other people, who keep asking for a page of theirs; `stop` tells what they were answered that was not it. */
async function goOn(workos: MockControl, url: string) {
  const wrong = new Set<string>();
  const { origin, pathname } = new URL(url);
  const over = new AbortController();
  const people = await Promise.all(
    [1, 2, 3].map(async () => {
      const { email } = await workos.createUser();
      const { cookies } = await workos.signIn({
        email,
        cookiePassword: COOKIE_PASSWORD,
        tokenAge: { minutes: 6 },
      });
      return { email, browser: new Browser(origin, cookies) };
    }),
  );
  const visits = people.map(async ({ email, browser }) => {
    while (!over.signal.aborted) {
      const { status, location, body } = await browser.get(pathname);
      if (!body.includes(email)) wrong.add(`${status}, on to ${location?.split('?')[0]}`);
      await setTimeout(200);
    }
  });
  const stop = async () => {
    over.abort();
    await Promise.all(visits);
    return [...wrong];
  };
  return { stop };
}

async function personOfTwoOrganizations(workos: MockControl) {
  const first = await workos.createOrganization();
  const second = await workos.createOrganization();
  const { email } = await workos.createUser({
    memberships: [first, second].map(({ id }) => ({ organization: id, role: 'admin' })),
  });
  return { email, first, second };
}

/** Fills in the hosted sign-in page, as a person does. */
async function fillSignIn(page: Page, email: string, organization: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill('password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: organization }).click();
}
