// nextjs/use-access-token — https://github.com/workos/authkit-nextjs#access-token-management
'use client';

import { useAccessToken } from '@workos-inc/authkit-nextjs/components';
import { useState } from 'react';
import { OrganizationSwitch } from '../use-auth/organization-switch';

/** What the API says of a token. */
interface Answer {
  status: number;
  organizationId?: string;
  tokenId?: string;
  expiresAt?: string;
}

/**
 * Calls an API with the person's access token. `getAccessToken()` answers with a live one, refreshed if it must be;
 * `accessToken` may be old in a tab that slept.
 */
export function CallApi({ organizations }: { organizations: { id: string; name: string }[] }) {
  const { getAccessToken, refresh, loading, error } = useAccessToken();
  const [answer, setAnswer] = useState<Answer>();

  async function call() {
    const token = await getAccessToken().catch(() => undefined);
    if (!token) return setAnswer({ status: 401 });
    const response = await fetch('/api/access-token', {
      headers: { authorization: `Bearer ${token}` },
    });
    setAnswer({ ...((await response.json()) as Answer), status: response.status });
  }

  return (
    <>
      {/* In a form, whose actions React keeps from the first paint on: a click that comes before the code is not lost. */}
      <form className="actions" onSubmit={(event) => loading && event.preventDefault()}>
        <button className="button primary" aria-disabled={loading} formAction={call}>
          Call the API
        </button>
        <button
          className="button"
          aria-disabled={loading}
          formAction={async () => {
            // `error` says what went wrong.
            await refresh().catch(() => undefined);
          }}
        >
          Refresh the token
        </button>
      </form>
      <output>
        {answer &&
          [answer.status, answer.organizationId, answer.tokenId, answer.expiresAt].join(' ')}
        {error && ' No token could be had: try again, or sign in.'}
      </output>
      <OrganizationSwitch organizations={organizations} onSwitched={refresh} />
    </>
  );
}
