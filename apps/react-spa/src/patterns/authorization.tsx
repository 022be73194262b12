// react/authorization — https://workos.com/docs/sdks/authkit-react#role-based-ui
import { useAuth } from '@workos-inc/authkit-react';
import type { ReactNode } from 'react';

/** What a person must have; all that is named. */
export interface Requirement {
  /** Slug of a role in the current organization, e.g. `admin`. */
  role?: string;
  /** Slug of a permission, e.g. `posts:write`. Prefer it to a role: roles are regrouped in the dashboard. */
  permission?: string;
  /** Slug of a feature flag that is on for the person or the organization. */
  featureFlag?: string;
}

/**
 * Whether to show something. The browser belongs to the person, so this is a courtesy: the API checks the same permission
 * in the access token, and refuses.
 *
 * @returns False while nobody is signed in.
 */
export function useAllowed({ role, permission, featureFlag }: Requirement): boolean {
  const { user, roles, role: onlyRole, permissions, featureFlags } = useAuth();
  if (!user) return false;
  if (role && !(roles ?? [onlyRole]).includes(role)) return false;
  if (permission && !permissions.includes(permission)) return false;
  return !featureFlag || featureFlags.includes(featureFlag);
}

/** Shows its children to those who have what is required, `otherwise` to the rest. */
export function Allowed({
  when,
  children,
  otherwise = null,
}: {
  when: Requirement;
  children: ReactNode;
  otherwise?: ReactNode;
}) {
  return useAllowed(when) ? children : otherwise;
}
