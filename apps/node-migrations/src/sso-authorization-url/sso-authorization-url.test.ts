import { expect, test } from 'workos-mock/vitest';
import { createStage, runChange } from '../run-change.ts';
import { ssoAuthorizationUrl } from './change.ts';

const clientId = 'client_mock';
const redirectUri = 'http://localhost:3000/callback';

test('migrate/sso-authorization-url: an organization leads to the identity provider that its domain led to', async ({
  workos,
}) => {
  const outcomes = await runChange(ssoAuthorizationUrl, workos);
  expect(outcomes.map(({ result }) => result)).toEqual(
    Array.from({ length: 3 }, () => 'ada@acme.test'),
  );
  expect(outcomes.map(({ wire }) => /[ ,]?(domain|organization)/.exec(wire[0] ?? '')?.[1])).toEqual(
    ['domain', 'organization', 'organization'],
  );
});

test('migrate/sso-authorization-url: plain JavaScript still sends two selectors, which WorkOS refuses', async ({
  workos,
}) => {
  const { v11 } = createStage(workos);
  const options = { connection: 'conn_acme', clientId, redirectUri };
  Object.assign(options, { organization: 'org_acme' });
  const url = v11.sso.getAuthorizationUrl(options);
  expect([...new URL(url).searchParams.keys()]).toEqual(
    expect.arrayContaining(['connection', 'organization']),
  );
  expect((await fetch(url)).status).toBe(400);
});
