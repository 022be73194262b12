import { withAuth } from '@workos-inc/authkit-nextjs';
import { expect, test } from 'workos-mock/vitest';
import { inRequest } from '../../../../test/in-request';
import { withoutWaits } from '../../../../test/no-answer';
import { pickOrganization } from './own-organization-picker';

function pick(cookies: Record<string, string>, organizationId: string) {
  const form = new FormData();
  form.set('organizationId', organizationId);
  return inRequest('/own-organization-picker', cookies, () => pickOrganization(form));
}

test('nextjs/own-organization-picker: picked, switched, remembered', async ({ workos }) => {
  const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
  const { redirect, cookies } = await pick(grace.cookies, 'org_globex');
  expect(redirect).toBe('/own-organization-picker');
  expect(cookies['last-organization']).toBe('org_globex');
  const { result } = await inRequest('/account', cookies, () => withAuth());
  expect(result?.organizationId).toBe('org_globex');
});

test.for([
  [
    'its own sign-in',
    { status: 400, body: { error: 'sso_required' } },
    '/sign-in?returnTo=/own-organization-picker&organizationId=org_globex',
  ],
  ['WorkOS is down', { status: 503 }, '/own-organization-picker?unavailable=1'],
  [
    'a gateway’s page',
    { status: 502, body: '<h1>Bad gateway</h1>' },
    '/own-organization-picker?unavailable=1',
  ],
] as const)(
  'nextjs/own-organization-picker: %s leads on, and nothing is remembered [fault/server-api]',
  async ([, answer, next], { workos }) => {
    withoutWaits();
    const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
    await workos.failNext('POST /user_management/authenticate', answer, { times: 4 });
    const { redirect, cookies } = await pick(grace.cookies, 'org_globex');
    expect(redirect).toBe(next);
    expect(cookies['last-organization']).toBeUndefined();
  },
);

test.for(['org_globex', '', 'org_nope'])(
  'nextjs/own-organization-picker: "%s" is not Ada’s [attack/cross-tenant]',
  async (id, { workos }) => {
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    const { redirect, cookies } = await pick(ada.cookies, id);
    expect(redirect).toBe('/own-organization-picker?refused=1');
    expect(cookies).toEqual({});
  },
);
