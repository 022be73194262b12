// react/access-token — https://workos.com/docs/sdks/authkit-react#making-authenticated-api-calls
import { useAuth } from '@workos-inc/authkit-react';
import { type ReactNode, useState } from 'react';
import { ApiError, ApiUnreachableError, callApi } from '../api';
import { isTransient, needsSignIn } from '../auth-errors';
import { useSignIn } from '../auth-provider';
import { currentPath, signInPath } from '../return-path';

/** A button that calls the API as the signed-in person and shows what it answers, in words where it refuses. */
export function ApiCall({
  method = 'GET',
  path,
  body,
}: {
  method?: string;
  path: string;
  body?: object;
}) {
  const { getAccessToken } = useAuth();
  const { settings } = useSignIn();
  const [result, setResult] = useState<ReactNode>(null);

  const call = async () => {
    setResult('Asking…');
    try {
      const answer = await callApi<unknown>(getAccessToken, settings.apiUrl + path, {
        method,
        ...(body && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      });
      setResult(<pre>{JSON.stringify(answer, null, 2)}</pre>);
    } catch (error) {
      setResult(explain(error, settings.apiUrl));
    }
  };

  return (
    <div className="call">
      <button type="button" className="button" onClick={() => void call()}>
        {method} {path}
      </button>
      <div aria-live="polite">{result}</div>
    </div>
  );
}

function explain(error: unknown, apiUrl: string): ReactNode {
  if (needsSignIn(error)) {
    return (
      <>
        You are not signed in. <a href={signInPath(currentPath())}>Sign in</a> and try again.
      </>
    );
  }
  if (error instanceof ApiUnreachableError) {
    return (
      <>
        The API at <code>{apiUrl}</code> does not run, or does not allow{' '}
        <code>{window.location.origin}</code>. Start it, or correct <code>VITE_API_URL</code>.
      </>
    );
  }
  if (error instanceof ApiError) {
    return `The API answered ${error.status} ${error.code}: ${error.message}`;
  }
  if (isTransient(error)) return 'Your session cannot be renewed just now. Try again in a moment.';
  throw error;
}
