// react/switch-organization — https://workos.com/docs/sdks/authkit-react#multi-organization-switching
import { getClaims, useAuth } from '@workos-inc/authkit-react';
import { isTransient, needsSignIn } from '../auth-errors';
import { currentPath } from '../return-path';

/** How a switch went: done, leaving for the hosted sign-in page, or not possible just now with everything as before. */
export type SwitchResult = 'switched' | 'leaving' | 'unavailable';

/**
 * Goes on in another organization: role, permissions and the access token change with it.
 *
 * Offer only organizations that the person is a member of, from a list of your API. A refused switch costs the session: the
 * SDK drops it and sends the person to sign in to that organization.
 */
export function useSwitchToOrganization(): (organizationId: string) => Promise<SwitchResult> {
  const { switchToOrganization, getAccessToken } = useAuth();
  return async (organizationId) => {
    try {
      const signInOpts = { state: { returnTo: currentPath() } };
      await switchToOrganization({ organizationId, signInOpts });
      // It resolves without a word when another tab held the lock for too long: the token tells.
      const { org_id } = getClaims(await getAccessToken());
      return org_id === organizationId ? 'switched' : 'unavailable';
    } catch (error) {
      if (isTransient(error)) return 'unavailable';
      if (needsSignIn(error)) return 'leaving';
      throw error;
    }
  };
}
