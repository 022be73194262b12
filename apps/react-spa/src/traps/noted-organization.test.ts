import { createClient, getClaims } from '@workos-inc/authkit-js';
import { expect, test } from 'workos-mock/vitest';

test('react/switch-organization: the SDK notes an organization before it has it, and after an outage a reload goes there', async ({
  workos,
}) => {
  const { refreshToken } = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
  localStorage.setItem('workos:refresh-token:client_mock', refreshToken);
  const load = () =>
    createClient('client_mock', {
      apiHostname: workos.hostname,
      port: workos.port,
      https: false,
      devMode: true,
    });
  const client = await load();
  await workos.failNext('POST /user_management/authenticate', {
    status: 503,
    headers: { 'access-control-allow-origin': window.location.origin },
  });
  const organizationId = 'org_globex';
  await expect(client.switchToOrganization({ organizationId })).rejects.toThrow();
  expect(getClaims(await client.getAccessToken()).org_id).toBe('org_acme');

  // What a reload leaves: the storages, and nothing in memory.
  client.dispose();
  const reloaded = await load();
  // When this fails the SDK takes its note back: let patterns/switch-to-organization.ts do without.
  expect(getClaims(await reloaded.getAccessToken()).org_id).toBe(organizationId);
  reloaded.dispose();
});
