// react/get-claims — https://workos.com/docs/sdks/authkit-react#getclaimsaccesstoken
import { getClaims, useAuth } from '@workos-inc/authkit-react';
import { useEffect, useState } from 'react';
import { useSignIn } from '../auth-provider';

/** The claims beyond those of the SDK's type: of WorkOS, and of this environment's JWT template. */
export interface CustomClaims {
  /** When the person last signed in, in seconds since 1970. */
  auth_time?: number;
  /** Paid features, which `useAuth()` does not have. */
  entitlements?: string[];
  /** From the JWT template: https://workos.com/docs/authkit/jwt-templates */
  plan?: string;
}

export type AppClaims = ReturnType<typeof getClaims<CustomClaims>>;

/**
 * What the access token says, typed. It is read, not verified: good for showing, never for deciding.
 *
 * @returns null until it is known, and while nobody is signed in.
 */
export function useClaims(): AppClaims | null {
  const { user, getAccessToken } = useAuth();
  const { refreshedAt } = useSignIn();
  const [claims, setClaims] = useState<AppClaims | null>(null);
  useEffect(() => {
    if (!user) return;
    let isCancelled = false;
    const read = async () => {
      // A template can leave a claim out, so all of CustomClaims is optional.
      const next = getClaims<CustomClaims>(await getAccessToken());
      if (!isCancelled) setClaims(next);
    };
    // Without a token there is nothing to show; the provider tells the person about the end of the session.
    read().catch(() => !isCancelled && setClaims(null));
    return () => {
      isCancelled = true;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a renewed token is a reason to read it again
  }, [user, getAccessToken, refreshedAt]);
  return user ? claims : null;
}
