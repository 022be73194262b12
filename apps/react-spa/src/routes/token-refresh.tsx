import { useState } from 'react';
import { useSignIn } from '../auth-provider';
import { PatternPage } from '../demo';
import { useClaims } from '../patterns/get-claims';
import { type RefreshResult, useRefresh } from '../patterns/token-refresh';

const words: Record<RefreshResult, string> = {
  refreshed: 'Renewed.',
  unavailable: 'Not possible just now; your session is kept. Try again.',
  ended: 'Your session has ended.',
};

export function TokenRefreshPage() {
  const { refreshedAt } = useSignIn();
  const claims = useClaims();
  const refresh = useRefresh();
  const [message, setMessage] = useState('');
  const renew = async () => {
    setMessage('Renewing…');
    setMessage(words[await refresh()]);
  };
  return (
    <PatternPage path="/token-refresh">
      <dl className="facts">
        <dt>Renewed at</dt>
        <dd>{refreshedAt && new Date(refreshedAt).toLocaleTimeString()}</dd>
        <dt>Lives for</dt>
        <dd>{claims && `${claims.exp - claims.iat} seconds`}</dd>
        <dt>Token</dt>
        <dd>
          <code>{claims?.jti}</code>
        </dd>
      </dl>
      <button type="button" className="button" onClick={() => void renew()}>
        Renew now
      </button>
      <output>{message}</output>
    </PatternPage>
  );
}
