// react/sign-in-endpoint — https://workos.com/docs/sdks/authkit-react#3-add-a-login-route
import { useAuth } from '@workos-inc/authkit-react';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { isReachable } from '../api-host';
import { useSignIn } from '../auth-provider';
import { readReturnPath } from '../return-path';
import { apiOrigin } from '../settings';

/** How often to ask whether the authentication API is back, in milliseconds. */
const RETRY_INTERVAL = 3000;

/**
 * Starts a sign-in. Register its address as the sign-in endpoint in the dashboard: WorkOS sends people here for invitations,
 * password resets, impersonation and identity providers' tiles. Anybody can write a link to it, so it takes the listed
 * parameters and no others.
 */
export function SignInEndpoint() {
  const { isLoading, getSignInUrl, getSignUpUrl } = useAuth();
  const { settings } = useSignIn();
  const [params] = useSearchParams();
  const [isUnreachable, setIsUnreachable] = useState(false);
  const returnTo = readReturnPath(params.get('returnTo'));

  useEffect(() => {
    if (isLoading || isUnreachable) return;
    let isCancelled = false;
    const start = async () => {
      // Asked first: the browser's own error page is a dead end for the person.
      const reachable = await isReachable(settings);
      if (isCancelled) return;
      if (!reachable) return setIsUnreachable(true);
      const getUrl = params.get('screen_hint') === 'sign-up' ? getSignUpUrl : getSignInUrl;
      const url = await getUrl({
        state: { returnTo },
        organizationId: params.get('organization_id') ?? undefined,
        loginHint: params.get('login_hint') ?? undefined,
        invitationToken: params.get('invitation_token') ?? undefined,
        passwordResetToken: params.get('password_reset_token') ?? undefined,
      });
      // In place of this page, so that the back button leaves the sign-in instead of starting it again.
      window.location.replace(url);
    };
    void start();
    return () => {
      isCancelled = true;
    };
  }, [isLoading, isUnreachable, getSignInUrl, getSignUpUrl, params, returnTo, settings]);

  useEffect(() => {
    if (!isUnreachable) return;
    const timer = setInterval(async () => {
      // A full load of the page that was wanted: a session that outlived the outage goes on without a sign-in.
      if (await isReachable(settings)) window.location.replace(returnTo);
    }, RETRY_INTERVAL);
    return () => clearInterval(timer);
  }, [isUnreachable, returnTo, settings]);

  if (!isUnreachable) return <output>Taking you to sign in…</output>;
  return (
    <div role="alert">
      <h1>Sign-in is not available</h1>
      <p>
        <code>{apiOrigin(settings)}</code> does not answer. This page goes on by itself as soon as
        it does.
      </p>
      <p className="muted">
        If it never does, its address is wrong: it is set in <code>VITE_WORKOS_API_HOSTNAME</code>.
      </p>
    </div>
  );
}
