import { useAuth } from '@workos-inc/authkit-react';
import { useSignIn } from '../auth-provider';
import { PatternPage } from '../demo';
import { apiOrigin } from '../settings';

export function ProviderPage() {
  const { user } = useAuth();
  const { settings } = useSignIn();
  // The SDK's own rule, when the setting leaves it to it.
  const isLocal = ['localhost', '127.0.0.1'].includes(window.location.hostname);
  const isDevMode = settings.devMode ?? isLocal;
  return (
    <PatternPage path="/provider">
      <dl className="facts">
        <dt>Authentication API</dt>
        <dd>
          <code>{apiOrigin(settings)}</code>
        </dd>
        <dt>Refresh token</dt>
        <dd>
          {isDevMode
            ? 'localStorage of this origin: development only'
            : 'HttpOnly cookie of the authentication API: as in production'}
        </dd>
        <dt>Session</dt>
        <dd>{user ? `of ${user.email}` : 'none'}</dd>
      </dl>
    </PatternPage>
  );
}
