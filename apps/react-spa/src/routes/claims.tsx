import { PatternPage } from '../demo';
import { useClaims } from '../patterns/get-claims';

export function ClaimsPage() {
  const claims = useClaims();
  return (
    <PatternPage path="/get-claims">
      <dl className="facts">
        <dt>Signed in at</dt>
        <dd>{claims?.auth_time && new Date(claims.auth_time * 1000).toLocaleString()}</dd>
        <dt>Plan (JWT template)</dt>
        <dd>{claims?.plan ?? 'not in this environment’s template'}</dd>
        <dt>Entitlements</dt>
        <dd>{claims?.entitlements?.join(', ') ?? 'none'}</dd>
      </dl>
      <details>
        <summary>All claims</summary>
        <pre>{JSON.stringify(claims, null, 2)}</pre>
      </details>
    </PatternPage>
  );
}
