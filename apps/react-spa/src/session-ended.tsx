// react/token-refresh — https://workos.com/docs/sdks/authkit-react#handling-token-refresh-failures
import { currentPath, signInPath } from './return-path';

/**
 * Takes the place of everything when the session is over: refused at a refresh, or signed out in another tab. It leaves it
 * to the person when to sign in, because five open tabs must not all walk away at once.
 */
export function SessionEnded() {
  return (
    <main className="alone">
      <h1>You are signed out</h1>
      <p>Your session has ended, here or in another tab. Nothing on this page is kept.</p>
      {/* A full load: the SDK's client of this page still remembers the person. */}
      <a className="button primary" href={signInPath(currentPath())}>
        Sign in again
      </a>
    </main>
  );
}
