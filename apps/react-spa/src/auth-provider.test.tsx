import { render, screen } from '@testing-library/react';
import { expect, test } from 'workos-mock/vitest';
import { AuthProvider } from './auth-provider';
import { UseAuth } from './patterns/use-auth';
import { settingsFor } from './test/render-with-auth';

test.for([true, false])(
  'react/provider: with devMode=%s the refresh token is sent by the page or by the browser',
  async (devMode, { workos }) => {
    const { refreshToken } = await workos.signIn({ email: 'ada@acme.test' });
    localStorage.setItem('workos:refresh-token:client_mock', refreshToken);
    document.cookie = 'workos-has-session=client_mock; path=/';

    render(
      <AuthProvider settings={{ ...settingsFor(workos), devMode }}>
        <UseAuth />
      </AuthProvider>,
    );
    await screen.findByText(devMode ? 'ada@acme.test' : 'Sign in');

    const [request] = await workos.requests({ endpoint: 'POST /user_management/authenticate' });
    expect('refresh_token' in request!.body).toBe(devMode);
  },
);
