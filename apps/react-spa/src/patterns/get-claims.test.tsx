import { screen } from '@testing-library/react';
import { defaultSeed } from 'workos-mock';
import { expect, test } from 'workos-mock/vitest';
import { renderWithAuth } from '../test/render-with-auth';
import { useClaims } from './get-claims';

function Probe() {
  const claims = useClaims();
  if (!claims) return <p>no claims</p>;
  const signedInAt: number | undefined = claims.auth_time;
  return <p>{[claims.sub, claims.org_id, claims.plan, typeof signedInAt].join(' ')}</p>;
}

test('react/get-claims: claims of the JWT template beside those of WorkOS', async ({ workos }) => {
  await workos.reset({ ...defaultSeed, jwtTemplate: { plan: 'team' } });
  await renderWithAuth(workos, <Probe />, { as: { email: 'ada@acme.test' } });
  expect(await screen.findByText('user_ada org_acme team number')).toBeDefined();
});

test('react/get-claims: without a session there are none', async ({ workos }) => {
  await renderWithAuth(workos, <Probe />);
  expect(screen.getByText('no claims')).toBeDefined();
});
