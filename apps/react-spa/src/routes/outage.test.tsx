import { screen } from '@testing-library/react';
import type { ComponentType } from 'react';
import { expect, test } from 'workos-mock/vitest';
import { renderWithAuth } from '../test/render-with-auth';
import { HomePage } from './home';
import { LogoutPage } from './logout';

test.for<[string, ComponentType, string]>([
  ['the start page', HomePage, 'Hello, Ada.'],
  ['the sign-out page', LogoutPage, 'Sign out?'],
])(
  'react/protected-routes: after a load in an outage %s calls nobody signed out [fault/refresh]',
  async ([, Page, later], { workos }) => {
    await workos.dropNext('POST /user_management/authenticate', {}, { times: 2 });
    await renderWithAuth(workos, <Page />, { as: { email: 'ada@acme.test' } });
    expect(screen.queryByText(/You are signed out/)).toBeNull();
    expect(screen.getByText(/cannot be renewed just now/)).toBeDefined();
    expect(await screen.findByText(later)).toBeDefined();
  },
);

test.for<[string, ComponentType]>([
  ['the start page', HomePage],
  ['the sign-out page', LogoutPage],
])('react/protected-routes: %s tells a stranger at once', async ([, Page], { workos }) => {
  await renderWithAuth(workos, <Page />);
  expect(screen.getByText(/You are signed out/)).toBeDefined();
  expect(await workos.requests()).toEqual([]);
});
