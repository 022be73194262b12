// react/token-refresh — https://workos.com/docs/sdks/authkit-react#authkitprovider-
import { useAuth } from '@workos-inc/authkit-react';
import { isTransient, needsSignIn } from '../auth-errors';

/** How a refresh on demand went. `unavailable`: the session is kept, try again. `ended`: the provider shows it. */
export type RefreshResult = 'refreshed' | 'unavailable' | 'ended';

/**
 * Renews the access token now, e.g. after the API changed the person's role. Otherwise there is nothing to do: the SDK
 * renews it in time, one tab after the other, and AuthProvider (auth-provider.tsx) says what happens when it is refused.
 */
export function useRefresh(): () => Promise<RefreshResult> {
  const { getAccessToken } = useAuth();
  return async () => {
    try {
      await getAccessToken({ forceRefresh: true });
      return 'refreshed';
    } catch (error) {
      if (isTransient(error)) return 'unavailable';
      if (needsSignIn(error)) return 'ended';
      throw error;
    }
  };
}
