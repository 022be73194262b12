import type { Change } from '../change.ts';
import * as v7 from './v7.ts';
import * as v8 from './v8.ts';
import * as v11 from './v11.ts';

/** What a browser does with the URL: the identity provider sends it back with a code, and with the state. */
async function codeOf(signInUrl: (state: string) => string): Promise<string> {
  const state = crypto.randomUUID();
  const response = await fetch(signInUrl(state), { redirect: 'manual' });
  const location = response.headers.get('location');
  if (!location) throw new Error(`${response.status} without a redirect`);
  const callback = new URL(location).searchParams;
  if (callback.get('state') !== state) throw new Error('The callback is not of this sign-in');
  return callback.get('code') ?? '';
}

const clientId = 'client_mock';

export const ssoAuthorizationUrl: Change = {
  id: 'migrate/sso-authorization-url',
  before: [
    'sso.getAuthorizationUrl({ domain })',
    'sso.getAuthorizationUrl({ connection, organization })',
  ],
  after: [
    'sso.getAuthorizationUrl({ organization })',
    'sso.getAuthorizationUrl({ connection })',
    'sso.getAuthorizationUrl({ provider })',
  ],
  gone: 8,
  codemod: 'reports',
  what: 'The types take exactly one of `connection`, `organization` and `provider`. `domain` is gone: keep the id of the organization with the customer, or look it up once with `organizations.listOrganizations({ domains })`. It is a matter of types alone: plain JavaScript still sends two selectors, and WorkOS refuses them. `clientId` must be named in each call; here the constructor’s does not count.',
  run: {
    v7: async (stage) => {
      const code = await codeOf((state) => v7.signInUrl(stage.v7, clientId, 'acme.test', state));
      return (await stage.v7.sso.getProfileAndToken({ code, clientId })).profile.email;
    },
    v8: async (stage) => {
      const code = await codeOf((state) => v8.signInUrl(stage.v8, clientId, 'org_acme', state));
      return (await stage.v8.sso.getProfileAndToken({ code, clientId })).profile.email;
    },
    v11: async (stage) => {
      const code = await codeOf((state) => v11.signInUrl(stage.v11, clientId, 'org_acme', state));
      return (await stage.v11.sso.getProfileAndToken({ code, clientId })).profile.email;
    },
  },
};
