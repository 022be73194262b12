// react/token-refresh, trap/refresh-without-limit — https://workos.com/docs/sdks/authkit-react#handling-token-refresh-failures
import { apiOrigin, type Settings } from './settings';

/**
 * How long the authentication API may take for its whole answer, in milliseconds. Shorter than the ten seconds in which WorkOS
 * takes a used refresh token again: an answer that was lost on its way ends no session.
 */
const PATIENCE = 8_000;

/**
 * Sets a time limit to the SDK's requests, which has no setting for it. Without one an API that accepts the connection and stays
 * silent holds up this tab for as long as the browser waits, and all others with it, because tabs refresh one after the other.
 *
 * It goes around the page's `fetch`, where alone a request of the SDK can be reached. To the SDK it is a gateway's 504: the
 * session is kept, a token that still lives is used, and it tries again.
 *
 * @returns Takes the limit away again.
 */
export function limitTime(settings: Settings, patience = PATIENCE): () => void {
  const { fetch } = window;
  const limited = `${apiOrigin(settings)}/user_management/authenticate`;
  window.fetch = async (input, init) => {
    if (String(input) !== limited) return fetch(input, init);
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), patience);
    let response: Response | undefined;
    try {
      response = await fetch(input, { signal: limit.signal, ...init });
      // Here, because the SDK knows no error of a body that stalls or is cut off.
      const body = await response.arrayBuffer();
      return new Response(body.byteLength > 0 ? body : null, response);
    } catch (error) {
      // Without a network or an allowed origin the browser's own error says so.
      if (!response && !limit.signal.aborted) throw error;
      return Response.json({ error_description: `${limited} is silent.` }, { status: 504 });
    } finally {
      clearTimeout(timer);
    }
  };
  return () => {
    window.fetch = fetch;
  };
}
