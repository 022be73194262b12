import { expect, test } from 'workos-mock/playwright';

// What only a real server decides: it adds headers of its own to those of the middleware, and knows whether it is reached over TLS.

/** A request as a browser's visit; a redirect is looked at instead of followed. */
async function ask(url: string, cookie = '', more: Record<string, string> = {}) {
  const headers = { accept: 'text/html', cookie, ...more };
  const response = await fetch(url, { redirect: 'manual', headers });
  await response.arrayBuffer();
  return response.headers;
}

/** A cookie without its value, what tells sign-ins apart and how long it lasts. */
function nameAndFlags(line: string) {
  const [pair = '', ...rest] = line.toLowerCase().split('; ');
  const name = pair.split('=')[0]?.replace(/-[0-9a-f]{8}$/, '');
  const flags = rest.filter((one) => /^(httponly|secure|samesite=\w+)$/.test(one));
  return `${name}: ${flags.toSorted().join(', ')}`;
}

const PAGES = [
  '/',
  '/account',
  '/signed-out',
  '/sign-in-failed',
  '/sign-in',
  '/sign-up',
  '/not-there',
];
/** The whole page, and the part of it that Next.js asks for when a link is followed. */
const PARTS: Record<string, string>[] = [{}, { rsc: '1' }];

for (const [who, tokenAge] of [
  ['who is signed in', { minutes: 0 }],
  ['whose token has just expired', { minutes: 6 }],
] as const) {
  test(`nextjs/middleware-to-proxy: no cache keeps what a person ${who} is answered, whole pages and parts of them [attack/caching]`, async ({
    baseURL,
    cookiePassword,
    person: { email },
    workos,
  }) => {
    const kept: string[] = [];
    for (const path of PAGES) {
      for (const part of PARTS) {
        const { cookieHeader } = await workos.signIn({ email, tokenAge, cookiePassword });
        const answer = await ask(baseURL + path, cookieHeader, part);
        const caching = answer.get('cache-control') ?? '';
        if (path === '/account') expect(answer.get('location')).toBeNull();
        if (!/private.*no-store/.test(caching)) kept.push(`${path}: ${caching}`);
      }
    }
    expect(kept).toEqual([]);
  });
}

test('nextjs/middleware-to-proxy: no cache keeps a sign-in that begins, and what every cache keeps sets no cookie [attack/caching]', async ({
  baseURL,
  cookiePassword,
  person: { email },
  workos,
}) => {
  for (const path of ['/account', '/sign-in', '/sign-up', '/not-there']) {
    const answer = await ask(baseURL + path);
    expect(answer.getSetCookie().join(), path).toContain('wos-auth-verifier');
    expect(answer.get('cache-control'), path).toContain('no-store');
  }
  const home = await (await fetch(baseURL ?? '')).text();
  const [script = ''] = /\/_next\/static\/[^"]+\.js/.exec(home) ?? [];
  for (const path of ['/icon.svg', script]) {
    const { cookieHeader } = await workos.signIn({
      email,
      tokenAge: { minutes: 6 },
      cookiePassword,
    });
    const answer = await ask(baseURL + path, cookieHeader);
    expect(answer.get('cache-control'), path).toMatch(/public.*immutable/);
    expect(answer.getSetCookie(), path).toEqual([]);
  }
});

for (const [proxy, protocol, isSecure] of [
  ['a proxy that ends TLS and says so', 'https', true],
  ['one that does not say so', 'http', false],
] as const) {
  test(`nextjs/authkit-middleware: behind ${proxy}, cookies are ${isSecure ? '' : 'not '}marked Secure [attack/cookie]`, async ({
    baseURL,
    cookiePassword,
    person: { email },
    workos,
  }) => {
    const forwarded = { 'x-forwarded-proto': protocol };
    const begun = await ask(`${baseURL}/account`, '', forwarded);
    const [verifier = ''] = begun.getSetCookie();
    const hint = `&login_hint=${encodeURIComponent(email)}`;
    const authKit = await ask((begun.get('location') ?? '') + hint);
    const end = await ask(authKit.get('location') ?? '', verifier.split(';')[0], forwarded);
    const { cookieHeader } = await workos.signIn({
      email,
      tokenAge: { minutes: 6 },
      cookiePassword,
    });
    const refreshed = await ask(`${baseURL}/account`, cookieHeader, forwarded);
    const lines = [begun, end, refreshed].flatMap((headers) => headers.getSetCookie());
    const flags = isSecure ? 'httponly, samesite=lax, secure' : 'httponly, samesite=lax';
    expect(lines.map(nameAndFlags)).toEqual([
      `wos-auth-verifier: ${flags}`,
      `wos-auth-verifier: ${flags}`,
      `wos-session: ${flags}`,
      `wos-session: ${flags}`,
    ]);
  });
}
