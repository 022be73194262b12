import { vi } from 'vitest';
import { defaultSeed } from 'workos-mock';
import { expect, test } from 'workos-mock/vitest';
import { finishSignIn } from '../test/finish-sign-in';
import { inRequest } from '../test/in-request';
import { visit } from '../test/visit';
import { GET as signIn } from './app/sign-in/route';

const BEGIN = { '/sign-in': signIn, '/account': undefined };

test.for(
  Object.entries(BEGIN).flatMap(([path, route]) =>
    // The second as long as a return path can be, before a browser refuses the cookie.
    ['', `?returnTo=/${'a'.repeat(2_600)}`].map((query) => [path, query, route] as const),
  ),
)(
  'ask/cookie-budget: forty unfinished sign-ins at %s leave room in a browser',
  async ([path, query, route]) => {
    const jar = new Map<string, string>();
    for (let i = 0; i < 40; i++) {
      const url = path + query;
      // Each from an address of its own: from one the app takes sixty sign-ins a minute.
      const address = `2001:db8::${query.length.toString(16)}:${i.toString(16)}`;
      const headers = { 'x-forwarded-for': address };
      const response = await visit(url, Object.fromEntries(jar), headers);
      if (!route) expect(response).toRedirectToAuthKit();
      const begun = route && (await inRequest(url, Object.fromEntries(jar), route, { headers }));
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') jar.delete(name);
        else jar.set(name, value);
      }
      for (const [name, value] of Object.entries(begun?.cookies ?? {})) jar.set(name, value);
    }
    expect(jar.size).toBeGreaterThan(0);
    const bytes = [...jar].reduce((sum, [name, value]) => sum + name.length + value.length + 3, 0);
    // With a session of 4 KB it is 12 KB; Node.js answers 431 from 16 KB of headers.
    expect(bytes).toBeLessThan(8_192);
  },
);

test.for([
  [50, 'http://localhost:3000/account'],
  [100, 'http://localhost:3000/sign-in-failed?reason=session_too_large'],
] as const)(
  'ask/cookie-budget, trap/cookie-too-large: with %i permissions a sign-in ends at %s',
  async ([count, end], { workos }) => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const many = Array.from({ length: count }, (_, i) => ({
      slug: `resource${i}:edit`,
      name: `Edit ${i}`,
    }));
    await workos.reset({
      ...defaultSeed,
      permissions: [...defaultSeed.permissions, ...many],
      roles: defaultSeed.roles.map((role) => ({
        ...role,
        permissions: [...role.permissions, ...many.map(({ slug }) => slug)],
      })),
    });
    const start = await inRequest('/sign-in', {}, signIn);
    expect((await finishSignIn(start, 'ada@acme.test')).location).toBe(end);
    log.mockRestore();
  },
);
