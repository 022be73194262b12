// react/switch-organization — https://workos.com/docs/sdks/authkit-react#multi-organization-switching
import { getClaims, useAuth } from '@workos-inc/authkit-react';
import { isTransient, needsSignIn } from '../auth-errors';
import { useSignIn } from '../auth-provider';
import { currentPath } from '../return-path';
import { organizationKey } from '../session-hint';

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
  const { settings } = useSignIn();
  return async (organizationId) => {
    const key = organizationKey(settings.clientId);
    const before = sessionStorage.getItem(key);
    const stay = (): SwitchResult => {
      // The SDK notes the organization before it asks for it, and a reload would go there. After a sign-out nothing is noted.
      if (sessionStorage.getItem(key) === organizationId) {
        if (before === null) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, before);
      }
      return 'unavailable';
    };
    try {
      const signInOpts = { state: { returnTo: currentPath() } };
      await switchToOrganization({ organizationId, signInOpts });
      // It resolves without a word when another tab held the lock for too long: the token tells.
      const { org_id } = getClaims(await getAccessToken());
      return org_id === organizationId ? 'switched' : stay();
    } catch (error) {
      if (isTransient(error)) return stay();
      if (needsSignIn(error)) return 'leaving';
      throw error;
    }
  };
}
