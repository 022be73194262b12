// react/provider, react/token-refresh — https://workos.com/docs/sdks/authkit-react#authkitprovider-
import { AuthKitProvider } from '@workos-inc/authkit-react';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { readReturnPath } from './return-path';
import { SessionEnded } from './session-ended';
import type { Settings } from './settings';
import { onSignOut } from './sign-out-everywhere';
import { limitTime } from './time-limit';

interface SignIn {
  settings: Settings;
  /** Where to go on after the sign-in that has just been finished. */
  returnPath: string;
  /** When the access token was last renewed, in milliseconds since 1970. */
  refreshedAt: number | null;
}

const SignInContext = createContext<SignIn | null>(null);

/**
 * AuthKit with what every single-page app needs around it: a return path that is validated, and an end of the session
 * that takes the person's data off the screen.
 *
 * The SDK keeps the callbacks of the first render (trap/callbacks-captured-once), so they only call state setters, which
 * never change.
 */
export function AuthProvider({ settings, children }: { settings: Settings; children: ReactNode }) {
  const [returnPath, setReturnPath] = useState('/');
  const [refreshedAt, setRefreshedAt] = useState<number | null>(null);
  const [hasEnded, setHasEnded] = useState(false);

  // Before the SDK asks for anything: it begins one task later.
  useEffect(() => limitTime(settings), [settings]);
  useEffect(() => onSignOut(settings.clientId, () => setHasEnded(true)), [settings.clientId]);
  useEffect(() => {
    // A page that the back button brings out of the browser's cache still shows the person who has signed out.
    const reloadWhenRestored = (event: PageTransitionEvent) => {
      if (event.persisted) window.location.reload();
    };
    window.addEventListener('pageshow', reloadWhenRestored);
    return () => window.removeEventListener('pageshow', reloadWhenRestored);
  }, []);

  const signIn = useMemo(
    () => ({ settings, returnPath, refreshedAt }),
    [settings, returnPath, refreshedAt],
  );
  return (
    <SignInContext value={signIn}>
      <AuthKitProvider
        clientId={settings.clientId}
        apiHostname={settings.apiHostname}
        port={settings.apiPort}
        https={settings.apiHttps}
        devMode={settings.devMode}
        // From the page's own origin: a fixed one signs nobody in who opened the app under its other name, such as
        // 127.0.0.1 for localhost (trap/localhost-or-127).
        redirectUri={`${window.location.origin}/callback`}
        // Runs before the client is ready, so it only remembers; patterns/callback.tsx goes there.
        onRedirectCallback={({ state }) => setReturnPath(readReturnPath(state?.returnTo))}
        onRefresh={() => setRefreshedAt(Date.now())}
        // The SDK goes on answering with the person whose session has ended (trap/user-after-refresh-failure).
        onRefreshFailure={() => setHasEnded(true)}
        // Seconds. As long as a token lives, it would renew once a second (trap/short-tokens).
        refreshBufferInterval={30}
      >
        {hasEnded ? <SessionEnded /> : children}
      </AuthKitProvider>
    </SignInContext>
  );
}

/** What the provider knows beyond `useAuth()`. */
export function useSignIn(): SignIn {
  const signIn = useContext(SignInContext);
  if (!signIn) throw new Error('useSignIn must be used within an AuthProvider.');
  return signIn;
}
