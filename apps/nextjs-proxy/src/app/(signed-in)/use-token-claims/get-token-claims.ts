// nextjs/use-token-claims — https://github.com/workos/authkit-nextjs#access-token-management
import { getTokenClaims } from '@workos-inc/authkit-nextjs';
import type { CustomClaims } from './custom-claims';

/** The same claims on the server, of a token that the proxy has verified. */
export function customClaims() {
  return getTokenClaims<CustomClaims>();
}
