// react/state — https://workos.com/docs/sdks/authkit-react#passing-data-through-auth-flows
import { useAuth } from '@workos-inc/authkit-react';
import { useEffect, useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { isOriginAllowed, isReachable } from '../api-host';
import { useSignIn } from '../auth-provider';
import { readReturnPathFromState, signInPath } from '../return-path';
import { apiOrigin, type Settings } from '../settings';

/** Where WorkOS sends people back to. The provider exchanges the code; this waits for it, and then goes on or says why not. */
export function Callback() {
  const { isLoading, user } = useAuth();
  const { returnPath, settings } = useSignIn();
  const [params] = useSearchParams();

  if (isLoading) return <output>Signing you in…</output>;
  if (user && !params.has('error')) return <Navigate to={returnPath} replace />;
  return <SignInFailure params={params} settings={settings} />;
}

type Reason = 'cancelled' | 'refused' | 'nothing' | 'unfinished' | 'unreachable' | 'origin-refused';

/** What happened and what to do next. The words are ours: those in the query may be anybody's. */
function SignInFailure({ params, settings }: { params: URLSearchParams; settings: Settings }) {
  const [reason, setReason] = useState<Reason>(() => firstGuess(params));
  useEffect(() => {
    if (reason !== 'unfinished') return;
    let isCancelled = false;
    void explain(settings).then((found) => !isCancelled && setReason(found));
    return () => {
      isCancelled = true;
    };
  }, [reason, settings]);

  return (
    <div role="alert">
      {/* Not that nobody is signed in: a session of before this visit goes on, which the SDK has set aside for the callback. */}
      <h1>{reason === 'cancelled' ? 'Sign-in cancelled' : 'The sign-in did not work'}</h1>
      <p>{explanations(settings)[reason]}</p>
      <div className="actions">
        <a
          className="button primary"
          href={signInPath(readReturnPathFromState(params.get('state')))}
        >
          Sign in
        </a>
        {/* A full load, not a route, brings that session back. */}
        <a className="button" href={`${window.location.origin}/`}>
          Go to the start page
        </a>
      </div>
    </div>
  );
}

function firstGuess(params: URLSearchParams): Reason {
  if (params.get('error') === 'access_denied') return 'cancelled';
  if (params.has('error')) return 'refused';
  return params.has('code') ? 'unfinished' : 'nothing';
}

/** The SDK tells nobody why a code could not be exchanged, so the likely causes are looked at one by one. */
async function explain(settings: Settings): Promise<Reason> {
  if (!(await isReachable(settings))) return 'unreachable';
  return (await isOriginAllowed(settings)) ? 'unfinished' : 'origin-refused';
}

function explanations(settings: Settings): Record<Reason, string> {
  const api = apiOrigin(settings);
  return {
    cancelled: 'The sign-in was cancelled, or this account may not sign in here.',
    refused: 'WorkOS refused the sign-in. Try again.',
    nothing: 'Sign-ins end at this address, and none was begun.',
    unfinished:
      'This sign-in was begun in another tab or by somebody else, it was finished already, or WorkOS failed just now. Begin it here.',
    unreachable: `${api} does not answer, so the sign-in could not be finished. Its address is set in VITE_WORKOS_API_HOSTNAME.`,
    'origin-refused': `${api} does not accept requests from ${window.location.origin}. Add this origin in the WorkOS dashboard: Applications → your application → Sessions → Cross-Origin Resource Sharing (CORS).`,
  };
}
