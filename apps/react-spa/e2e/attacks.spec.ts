import type { Page, Request } from '@playwright/test';
import { COOKIE_MODE, MOCK, OTHER_SITE } from './addresses';
import { expect, test } from './journeys';

/** Goes through a sign-in up to the exchange, which somebody is faster at: takes the code off the callback's address. */
async function stealCode(page: Page, email: string): Promise<string> {
  await page.route(`${MOCK}/user_management/authenticate`, (route) => route.abort());
  const callback = page.waitForRequest((request) => request.url().includes('/callback?'));
  await page.goto(`/login?login_hint=${encodeURIComponent(email)}`);
  return new URL((await callback).url()).searchParams.get('code')!;
}

/** Exchanges a code as somebody does who has no browser of the person. */
const exchange = (mockUrl: string, fields: Record<string, string>) =>
  fetch(`${mockUrl}/user_management/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: 'client_mock',
      grant_type: 'authorization_code',
      ...fields,
    }),
  });

for (const [what, fields] of [
  ['without a verifier', {}],
  ['with a verifier of one’s own', { code_verifier: 'v'.repeat(43) }],
  ['for another client', { client_id: 'client_other', code_verifier: 'v'.repeat(43) }],
] as const) {
  test(`react/state: a code that somebody saw buys nothing ${what} [attack/code-theft]`, async ({
    page,
    person,
    mockUrl,
    workos,
    guard,
  }) => {
    guard.allow(/Failed to fetch|ERR_FAILED/);
    const code = await stealCode(page, person.email);
    const answer = await exchange(mockUrl, { code, ...fields });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await workos.sessions({ user: person.id })).toEqual([]);

    const [authorize] = await workos.requests({ endpoint: 'GET /user_management/authorize' });
    expect(authorize!.path).toContain('code_challenge_method=S256');
    expect(authorize!.path).not.toContain('verifier');
  });
}

test('react/state: a code and its verifier are good for one exchange [attack/code-theft]', async ({
  page,
  person,
  signIn,
  mockUrl,
}) => {
  const exchanged = page.waitForRequest(
    (request) => request.postData()?.includes('code_verifier') ?? false,
  );
  await signIn(person);
  const sent = (await exchanged).postDataJSON() as Record<string, string>;
  expect((await exchange(mockUrl, sent)).status).toBe(400);
  await page.reload();
  await expect(page.getByRole('link', { name: person.email })).toBeVisible();
});

test('react/access-token: tokens and codes are in no address, console, storage or page, and leave for the API alone [attack/leakage]', async ({
  page,
  context,
  person,
  signIn,
  guard,
}) => {
  guard.allow(/ERR_CONNECTION_REFUSED/);
  const secrets = new Set<string>();
  const said: string[] = [];
  const requests: Request[] = [];
  context.on('console', (message) => said.push(message.text()));
  context.on('request', (request) => requests.push(request));
  page.on('response', async (response) => {
    if (!response.url().endsWith('/authenticate') || response.request().method() !== 'POST') return;
    // A page that goes takes the body along.
    const body = (await response.json().catch(() => ({}))) as Record<string, string>;
    for (const name of ['access_token', 'refresh_token']) if (body[name]) secrets.add(body[name]);
  });

  await signIn(person, { path: '/token-refresh' });
  await page.getByRole('button', { name: 'Renew now' }).click();
  await expect(page.getByText('Renewed.')).toBeVisible();
  const looked: string[] = [];
  for (const path of ['/account', '/get-claims', '/access-token', '/nowhere']) {
    await page.goto(path);
    await page.getByRole('link', { name: person.email }).waitFor();
    if (path === '/access-token') await page.getByRole('button', { name: 'GET /api/me' }).click();
    looked.push(
      await page.content(),
      await page.evaluate(() =>
        JSON.stringify([
          { ...localStorage },
          { ...sessionStorage },
          document.cookie,
          history.state,
          location.href,
          performance.getEntriesByType('resource').map(({ name }) => name),
        ]),
      ),
    );
  }
  await expect.poll(() => secrets.size).toBeGreaterThan(4);

  const headers = await Promise.all(requests.map((request) => request.allHeaders()));
  const everything = [
    ...said,
    ...looked,
    ...requests.map((request) => request.url()),
    ...headers.flatMap(({ authorization: _api, cookie: _own, ...rest }) => Object.values(rest)),
  ].join('\n');
  for (const secret of secrets) expect(everything.includes(secret)).toBe(false);
  for (const [index, { authorization, referer }] of headers.entries()) {
    const url = new URL(requests[index]!.url());
    if (authorization) expect(url.origin).toBe('http://localhost:5193');
    if (referer && url.origin !== COOKIE_MODE) expect(new URL(referer).search).toBe('');
  }
  expect(looked.join('\n')).not.toMatch(/[?&]code=/);
});

test('react/provider: no other site may frame the app [attack/leakage]', async ({
  page,
  guard,
  person,
  signIn,
}) => {
  guard.allow(/frame-ancestors/);
  await signIn(person);
  await page.goto('about:blank');
  await page.setContent(`<iframe src="${COOKIE_MODE}/account"></iframe>`);
  await expect.poll(() => page.frames()[1]?.url()).toBe('chrome-error://chromewebdata/');
});

test('react/provider: a script that got into the page can neither bring more nor send anything away [attack/leakage]', async ({
  page,
  guard,
}) => {
  guard.allow(/Content Security Policy|Trusted/);
  const answer = await page.goto('/');
  const headers = await answer!.allHeaders();
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  const attempts = await page.evaluate(async (elsewhere) => {
    const attempt = async (work: () => unknown) => {
      try {
        await work();
        return 'done';
      } catch {
        return 'refused';
      }
    };
    return {
      fetch: await attempt(() => fetch(elsewhere)),
      markup: await attempt(() => (document.body.innerHTML += '<b>x</b>')),
      script: await attempt(() => (document.createElement('script').text = 'alert(1)')),
    };
  }, `${OTHER_SITE}/`);
  expect(attempts).toEqual({
    fetch: 'refused',
    markup: 'refused',
    script: 'refused',
  });
});

for (const [what, change] of [
  ['tampered with', (value: string) => `x${value.slice(1)}`],
  ['truncated', (value: string) => value.slice(0, 5)],
  ['emptied', () => ''],
  ['overlong', (value: string) => value.padEnd(3000, 'x')],
] as const) {
  test(`react/provider: a session’s cookie that was ${what} is nobody’s session [attack/cookie]`, async ({
    page,
    person,
    signIn,
    context,
    guard,
  }) => {
    guard.allow(/400 \(Bad Request\)/);
    await signIn(person);
    const cookies = await context.cookies();
    const session = cookies.find(({ name }) => name.startsWith('workos-refresh-'))!;
    expect(session).toMatchObject({ httpOnly: true });
    await context.addCookies([{ ...session, value: change(session.value) }]);
    await page.goto('/account');
    await expect(page.getByLabel('E-mail address')).toBeVisible();
  });
}
