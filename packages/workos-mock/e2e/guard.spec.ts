import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { watchContext } from '../src/playwright.ts';
import { expect, test as base } from './journeys.ts';

/** An app that does what the guard is there to notice. */
const test = base.extend<{ app: string }>({
  app: async ({}, use) => {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname === '/loop') return response.writeHead(302, { location: '/loop' }).end();
      if (pathname === '/header') response.setHeader('x-workos-session', 'sealed');
      if (pathname === '/cookie') response.setHeader('set-cookie', `big=${'x'.repeat(4100)}`);
      if (pathname === '/favicon.ico' || pathname === '/missing') response.statusCode = 404;
      response.setHeader('content-type', 'text/html');
      const script = pathname === '/throws' ? '<script>throw new Error("no")</script>' : '';
      return response.end(`<!doctype html><title>App</title>${script}`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.closeAllConnections();
    server.close();
  },
});

for (const [path, problem] of [
  ['/missing', /^console: .*404/],
  ['/throws', /^uncaught: no$/],
  ['/loop', /^redirect loop at /],
  ['/header', /^internal header x-workos-session at /],
  ['/cookie', /^cookie big has 4104 bytes at /],
] as const) {
  test(`the guard notices what happens at ${path}`, async ({ browser, app }) => {
    const context = await browser.newContext();
    const problems: string[] = [];
    watchContext(context, problems);
    const page = await context.newPage();
    await page.goto(app + path).catch(() => null);
    await expect.poll(() => problems).toContainEqual(expect.stringMatching(problem));
    await context.close();
  });
}

test('what the guard notices fails the journey', async ({ page, app }) => {
  test.fail();
  await page.goto(`${app}/throws`);
});

test('a fault that never struck fails the journey that set it, whatever is allowed', async ({
  workos,
  guard,
}) => {
  test.fail();
  guard.allow(/503/);
  await workos.failNext('GET /organizations', { status: 503 });
});

test('so does a request to an endpoint that the mock lacks', async ({ request }) => {
  test.fail();
  await request.post('/radar/attempts');
});

test('faults that struck, or were cleared, fail nothing', async ({ request, workos }) => {
  await workos.failNext('GET /sso/jwks/:clientId', { status: 503 }, { times: 2 });
  expect((await request.get('/sso/jwks/client_mock')).status()).toBe(503);
  await workos.dropNext('GET /organizations');
  await workos.clearFaults();
});

test('what a journey expects is allowed', async ({ page, app, guard }) => {
  guard.allow(/404/);
  await page.goto(`${app}/missing`);
});

test('a missing icon is nobody’s mistake', async ({ page, app }) => {
  await page.goto(app);
  // Headless browsers ask for no icon by themselves.
  const complaint = page.waitForEvent('console');
  await page.evaluate(() => fetch('/favicon.ico'));
  await complaint;
});
