// react/use-auth — https://workos.com/docs/sdks/authkit-react#useauth
import { useAuth } from '@workos-inc/authkit-react';
import { currentPath, signInPath } from '../return-path';
import { useSignOut } from './sign-out';

/** Who is here, and the way in or out. Safe on a public page: it waits until that is known. */
export function UseAuth() {
  const { isLoading, user, organizationId, role, authenticationMethod, signIn, signUp } = useAuth();
  const signOut = useSignOut();

  if (isLoading) return <output>Looking for your session…</output>;
  if (!user) {
    const options = { state: { returnTo: currentPath() } };
    return (
      <div className="actions">
        <button type="button" className="button primary" onClick={() => void signIn(options)}>
          Sign in
        </button>
        <button type="button" className="button" onClick={() => void signUp(options)}>
          Sign up
        </button>
        <a href={signInPath(currentPath())}>Sign in by the link to /login</a>
      </div>
    );
  }
  return (
    <>
      <dl className="facts">
        <dt>Person</dt>
        <dd>
          {user.firstName} {user.lastName} <code>{user.email}</code>
        </dd>
        <dt>Organization</dt>
        <dd>{organizationId ? <code>{organizationId}</code> : 'none'}</dd>
        <dt>Role</dt>
        <dd>{role ?? 'none'}</dd>
        <dt>Signed in with</dt>
        <dd>{authenticationMethod}</dd>
      </dl>
      <button type="button" className="button" onClick={signOut}>
        Sign out
      </button>
    </>
  );
}

/** Says on every page that somebody of support is looking on with the person's rights. */
export function ImpersonationBanner() {
  const { user, impersonator } = useAuth();
  const signOut = useSignOut();
  if (!user || !impersonator) return null;
  return (
    <p role="alert" className="banner">
      {impersonator.email} is impersonating {user.email}
      {impersonator.reason && `: ${impersonator.reason}`}{' '}
      <button type="button" className="plain" onClick={signOut}>
        Stop
      </button>
    </p>
  );
}
