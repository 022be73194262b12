import { authkit, partitionAuthkitHeaders, refreshSession } from '@workos-inc/authkit-nextjs';
import { NextRequest } from 'next/server';
import { afterEach, vi } from 'vitest';
import { expect, test } from 'workos-mock/vitest';
import { inRequest } from '../test/in-request';
import { handedOn, ORIGIN, visit } from '../test/visit';
import { withoutVerifier } from './without-verifier';

afterEach(() => vi.restoreAllMocks());

test('nextjs/rewrites: a member sees the tenant’s page, with the session', async ({ workos }) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const response = await visit('/t/org_acme/posts?q=1', ada.cookies);
  expect(response.headers.get('x-middleware-rewrite')).toBe(
    'http://localhost:3000/tenants/org_acme/posts?q=1',
  );
  expect(handedOn(response)['x-workos-session']).toBe(ada.cookies['wos-session']);
});

test.for([
  '/t/org_globex',
  '/t/ORG_ACME',
  '/t/org_acme%00',
  '/t/org_acme%2f..%2forg_globex',
  '/t/..%2ftenants%2forg_globex',
  '/tenants',
  '/tenants/org_globex',
  '/tenants/org_acme',
  '/%74enants/org_globex',
  '/en/tenants/org_globex',
  '/de/t/org_globex',
])(
  'nextjs/rewrites: %s shows nothing to who is not in it or goes around [attack/cross-tenant]',
  async (path, { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    const response = await visit(path, ada.cookies);
    for (const name of ['x-middleware-rewrite', 'location']) {
      expect(response.headers.get(name) ?? '').not.toMatch(/^http:\/\/localhost:3000\/tenants/);
    }
  },
);

test('nextjs/rewrites: a refresh on the way reaches the browser and the page', async ({
  workos,
}) => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
  const ada = await workos.signIn({ email: 'ada@acme.test', tokenAge: { minutes: 6 } });
  const response = await visit('/t/org_acme', ada.cookies);
  expect(response).toSetSessionCookie();
  const [line = ''] = response.headers.getSetCookie();
  expect(line).toContain(`wos-session=${handedOn(response)['x-workos-session']};`);
});

test('ask/organization-kept: the organization that was chosen survives a refresh', async ({
  workos,
}) => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
  const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
  const { cookies } = await inRequest('/en/account', grace.cookies, () =>
    refreshSession({ organizationId: 'org_globex' }),
  );
  await workos.clock.advance({ minutes: 6 });
  const response = await visit('/t/org_globex', cookies);
  expect(response).toSetSessionCookie();
  expect(response.headers.get('x-middleware-rewrite')).toBe(
    'http://localhost:3000/tenants/org_globex',
  );
});

test('nextjs/rewrites: partitionAuthkitHeaders() alone leaves a verifier cookie on public pages; withoutVerifier() takes it out', async () => {
  const request = new NextRequest(`${ORIGIN}/en`, { headers: { accept: 'text/html' } });
  const { headers } = await authkit(request);

  const naive = partitionAuthkitHeaders(request, headers).responseHeaders;
  expect(naive.getSetCookie()).toEqual([expect.stringMatching(/^wos-auth-verifier-\w+=.{400,}/)]);
  expect(naive.get('cache-control')).toBe('no-store');

  const safe = partitionAuthkitHeaders(request, withoutVerifier(headers)).responseHeaders;
  expect([...safe]).toEqual([]);
});
