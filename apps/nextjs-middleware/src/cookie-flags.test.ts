import { afterEach, vi } from 'vitest';
import { defaultSeed } from 'workos-mock';
import { expect, test, type TestMock } from 'workos-mock/vitest';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/**
 * Has the app set each cookie of a session or a sign-in, and delete each of them, in every way that it has.
 *
 * @param origin Where a browser reaches the app, and where its redirect URI is.
 * @param env More settings; the SDK reads them when it is imported.
 * @returns The `Set-Cookie` headers, by what happened.
 */
async function everyCookie(workos: TestMock, origin: string, env: Record<string, string>) {
  const redirectUri = `${origin}/callback`;
  await workos.reset({ ...defaultSeed, redirectUris: [redirectUri] });
  vi.stubEnv('NEXT_PUBLIC_WORKOS_REDIRECT_URI', redirectUri);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.resetModules();
  const { visit } = await import('../test/visit');
  const { inRequest } = await import('../test/in-request');
  const { GET: signIn } = await import('./app/sign-in/route');
  const { GET: callback } = await import('./app/callback/route');
  const { signOutAction } = await import('./app/sign-out/sign-out');
  const visited = async (cookies: Record<string, string>) =>
    (await visit(`${origin}/account`, cookies)).headers.getSetCookie();

  const begun = await inRequest(`${origin}/sign-in`, {}, signIn);
  const authKit = await fetch(`${begun.redirect}&login_hint=ada@acme.test`, { redirect: 'manual' });
  const end = await inRequest(authKit.headers.get('location') ?? '', begun.cookies, callback);
  const live = await workos.signIn({ email: 'ada@acme.test' });
  const expired = { email: 'ada@acme.test', tokenAge: { minutes: 6 } };
  const old = await workos.signIn(expired);
  const revoked = await workos.signIn(expired);
  await workos.revokeSession(revoked.sessionId);
  const badExpiry = live.cookies['wos-session']?.split('*').with(5, 'soon').join('*') ?? '';
  const many = Array.from({ length: 20 }, (_, i) => [`wos-auth-verifier-${i}`, 'x'.repeat(400)]);
  const out = await inRequest(
    `${origin}/account`,
    { ...live.cookies, 'wos-auth-verifier-left': 'x' },
    () => signOutAction(new FormData()),
  );
  return {
    'a protected page': await visited({}),
    'the sign-in route': begun.lines,
    'the callback': [...end.lines, ...(end.result?.headers.getSetCookie() ?? [])],
    'a refresh': await visited(old.cookies),
    'a session that is over': await visited(revoked.cookies),
    'a damaged session': await visited({ 'wos-session': badExpiry }),
    'too many sign-ins begun': await visited({ ...live.cookies, ...Object.fromEntries(many) }),
    'sign-out': out.lines,
  };
}

/** A cookie's name without what tells sign-ins apart, whether it is deleted, and its attributes by name, in small letters. */
function read(line: string) {
  const [pair = '', ...rest] = line.split('; ');
  const [name = '', value] = pair.split('=');
  const attributes = Object.fromEntries(rest.map((one) => one.toLowerCase().split('=')));
  const isOver = attributes['max-age'] === '0' || Date.parse(attributes.expires) === 0;
  const kind = name.replace(/^(wos-auth-verifier)-\w+$/, '$1');
  return { kind: value === '' && isOver ? `${kind} deleted` : kind, attributes };
}

test.for([
  ['over http on this machine', 'http://localhost:3000', {}, undefined],
  ['over https', 'https://app.example.com', {}, undefined],
  [
    'for all subdomains',
    'https://app.example.com',
    { WORKOS_COOKIE_DOMAIN: 'example.com' },
    'example.com',
  ],
  [
    'in a frame of another site',
    'https://app.example.com',
    { WORKOS_COOKIE_SAMESITE: 'none' },
    undefined,
  ],
] as const)(
  'nextjs/middleware-to-proxy: %s every cookie of a session has its flags, and each deletion is of the same cookie [attack/cookie]',
  async ([, origin, env, domain], { workos }) => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const seen: Record<string, string[]> = {};
    for (const [what, lines] of Object.entries(await everyCookie(workos, origin, env))) {
      const cookies = lines.filter((line) => line.startsWith('wos-')).map(read);
      seen[what] = [...new Set(cookies.map(({ kind }) => kind))];
      for (const { kind, attributes } of cookies) {
        const cookie = `${kind}: ${what}`;
        expect(attributes, cookie).toMatchObject({ path: '/' });
        // With another path or domain a browser would keep what is to be deleted.
        expect(attributes.domain, cookie).toBe(domain);
        const isInFrame = 'WORKOS_COOKIE_SAMESITE' in env;
        // In a frame a browser takes no deletion without them.
        if (kind.endsWith(' deleted') && !isInFrame) continue;
        expect(attributes.samesite, cookie).toBe(isInFrame ? 'none' : 'lax');
        expect('secure' in attributes, cookie).toBe(origin.startsWith('https:'));
        if (!kind.endsWith(' deleted')) expect(attributes, cookie).toHaveProperty('httponly');
      }
    }
    expect(seen).toEqual({
      'a protected page': ['wos-auth-verifier'],
      'the sign-in route': ['wos-auth-verifier'],
      'the callback': ['wos-session', 'wos-auth-verifier deleted'],
      'a refresh': ['wos-session'],
      'a session that is over': ['wos-session deleted', 'wos-auth-verifier'],
      'a damaged session': ['wos-auth-verifier', 'wos-session deleted'],
      'too many sign-ins begun': ['wos-auth-verifier deleted'],
      'sign-out': ['wos-session deleted', 'wos-auth-verifier deleted'],
    });
    warn.mockRestore();
  },
);
