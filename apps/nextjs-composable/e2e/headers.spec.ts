import { expect, test } from 'workos-mock/playwright';
import { env } from './environment';
import { fillSignIn } from './sign-in';

const manual = { maxRedirects: 0, headers: { accept: 'text/html' } };

/** The whole of it, so that what somebody adds or takes away is seen here. next.config.ts says why each is as it is. */
const POLICY = {
  'default-src': "'self'",
  'script-src': "'self' 'unsafe-inline'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data: https:",
  'object-src': "'none'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
};

for (const path of [
  '/',
  '/en',
  '/en/account',
  '/sign-in',
  '/callback',
  '/signed-out',
  '/t/org_acme',
  '/no-such-page.txt',
  '/icon.svg',
]) {
  test(`nextjs/composable-proxy: ${path} tells browsers to be careful with it [attack/leakage]`, async ({
    request,
  }) => {
    const headers = (await request.get(path, manual)).headers();
    const policy = (headers['content-security-policy'] ?? '').split('; ').map((directive) => {
      const [name, ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    });
    expect(Object.fromEntries(policy)).toEqual(POLICY);
    expect(headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
    expect(headers).not.toHaveProperty('x-powered-by');
  });
}

test('nextjs/composable-proxy: headers that Next.js and AuthKit use among themselves open nothing from outside [attack/header-injection]', async ({
  person,
  request,
  workos,
}) => {
  const { cookies } = await workos.signIn({
    email: person.email,
    cookiePassword: env.WORKOS_COOKIE_PASSWORD,
  });
  const seal = cookies['wos-session'] ?? '';
  const tenant = `/tenants/${person.organization.id}`;
  const attempts: Record<string, string>[] = [
    { 'x-workos-session': seal, 'x-workos-middleware': 'true' },
    {
      'x-middleware-request-x-workos-session': seal,
      'x-middleware-override-headers': 'x-workos-session',
    },
    { 'x-middleware-subrequest': 'src/proxy:src/proxy:src/proxy:src/proxy:src/proxy' },
    { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
    { 'x-middleware-next': '1', 'x-workos-session': seal },
    { 'x-middleware-rewrite': tenant, 'x-workos-session': seal },
    { 'x-rewrite-url': tenant, 'x-original-url': tenant, 'x-invoke-path': tenant },
    { 'x-nextjs-data': '1', 'next-router-state-tree': '[]', rsc: '1', 'x-workos-session': seal },
    { 'x-url': `http://localhost:3011${tenant}`, 'x-matched-path': tenant },
  ];
  for (const path of [
    '/en',
    '/en/account',
    '/sign-in',
    '/signed-out',
    '/sign-in-failed',
    `/t/${person.organization.id}`,
    tenant,
  ]) {
    for (const attempt of attempts) {
      const response = await request.get(path, {
        maxRedirects: 0,
        headers: { accept: 'text/html', ...attempt },
      });
      const what = `${path} with ${JSON.stringify(Object.keys(attempt))}`;
      expect(await response.text(), what).not.toContain(person.email);
      expect(response.status(), what).toBeLessThan(500);
      expect(response.headers()['set-cookie'] ?? '', what).not.toContain('wos-session');
    }
  }
});

test('nextjs/composable-proxy: what the browser is given of a session is one sealed cookie that no script reads [attack/cookie]', async ({
  context,
  page,
  person,
}) => {
  await page.goto('/en/account');
  await fillSignIn(page, person);
  await expect(page).toHaveURL('/en/account');
  const cookies = (await context.cookies()).filter(({ name }) => name.startsWith('wos-'));
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  }
  // Next.js loses the `Max-Age=0` with which the SDK deletes the verifier: its name stays until the browser is closed.
  const filled = cookies.filter(({ value }) => value);
  expect(filled.map(({ name }) => name)).toEqual(['wos-session']);
  const html = await page.content();
  for (const secret of [filled[0]?.value ?? '', env.WORKOS_API_KEY, env.WORKOS_COOKIE_PASSWORD]) {
    expect(html).not.toContain(secret);
  }
});
