// react/sign-in-endpoint, react/provider — https://workos.com/docs/sdks/authkit-react#1-configure-the-workos-dashboard
import { apiOrigin, type Settings } from './settings';

/** How long to wait for an answer, in milliseconds. */
const PATIENCE = 5000;

/** Whether the authentication API answers at all. Any answer counts, so it works before the origin is allowed. */
export async function isReachable(settings: Settings): Promise<boolean> {
  const url = `${apiOrigin(settings)}/sso/jwks/${settings.clientId}`;
  return answers(url, { mode: 'no-cors', cache: 'no-store' });
}

/** Whether the authentication API lets the pages of this origin call it. It asks for a session without showing one. */
export async function isOriginAllowed(settings: Settings): Promise<boolean> {
  return answers(`${apiOrigin(settings)}/user_management/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_id: settings.clientId, grant_type: 'refresh_token' }),
  });
}

async function answers(url: string, init: RequestInit): Promise<boolean> {
  try {
    await fetch(url, { ...init, credentials: 'omit', signal: AbortSignal.timeout(PATIENCE) });
    return true;
  } catch {
    // The browser tells a page nothing more about a request that failed or was not allowed.
    return false;
  }
}
