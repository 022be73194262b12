// migrate/v9-to-v11 — https://github.com/workos/workos-node/blob/main/docs/V9_MIGRATION_GUIDE.md

import type { WorkOS } from 'workos-node-11';

/** Where an organization's administrator sets up SSO. */
export async function setupLink(workos: WorkOS, organization: string): Promise<string> {
  const { link } = await workos.adminPortal.generateLink({ organization, intent: 'sso' });
  return link;
}

/** The organization that an API key belongs to; null when the key is not valid. */
export async function ownerOf(workos: WorkOS, value: string): Promise<string | null> {
  const { apiKey } = await workos.apiKeys.createValidation({ value });
  return apiKey?.owner.id ?? null;
}

/** A token for a widget in the browser. */
export async function widgetToken(
  workos: WorkOS,
  organizationId: string,
  userId: string,
): Promise<string> {
  const { token } = await workos.widgets.createToken({
    organizationId,
    userId,
    scopes: ['widgets:users-table:manage'],
  });
  return token;
}

/** The roles that an organization has, by slug. */
export async function listRoles(workos: WorkOS, organizationId: string): Promise<string[]> {
  const { data } = await workos.authorization.listOrganizationRoles(organizationId);
  return data.map(({ slug }) => slug);
}

/** The feature flags that are on for an organization, by slug. */
export async function listFlags(workos: WorkOS, organizationId: string): Promise<string[]> {
  const { data } = await workos.featureFlags.listOrganizationFeatureFlags({ organizationId });
  return data.map(({ slug }) => slug);
}
