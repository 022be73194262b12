// trap/html-5xx-signs-out — https://github.com/workos/authkit-nextjs#refreshing-the-session
import type { TokenRefreshError } from '@workos-inc/authkit-nextjs';

/**
 * Whether a refresh failed for a reason that passes, so that the session is as good as before. The SDK's own word does not
 * count an answer that is not JSON, which is how the error page of a gateway before WorkOS looks.
 */
export function passes({ isTransient, cause }: TokenRefreshError): boolean {
  const answer: unknown = cause instanceof Error && cause.cause;
  return isTransient || (answer instanceof Error && answer.name === 'ParseError');
}
