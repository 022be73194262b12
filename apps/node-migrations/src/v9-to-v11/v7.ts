// migrate/v9-to-v11 — https://github.com/workos/workos-node/blob/main/docs/V9_MIGRATION_GUIDE.md

import { GeneratePortalLinkIntent, type WorkOS } from 'workos-node-7';

/** Where an organization's administrator sets up SSO. */
export async function setupLink(workos: WorkOS, organization: string): Promise<string> {
  const { link } = await workos.portal.generateLink({
    organization,
    intent: GeneratePortalLinkIntent.SSO,
  });
  return link;
}

/** The organization that an API key belongs to; null when the key is not valid. */
export async function ownerOf(workos: WorkOS, value: string): Promise<string | null> {
  const { apiKey } = await workos.apiKeys.validateApiKey({ value });
  return apiKey?.owner.id ?? null;
}

/** A token for a widget in the browser. */
export async function widgetToken(
  workos: WorkOS,
  organizationId: string,
  userId: string,
): Promise<string> {
  return workos.widgets.getToken({
    organizationId,
    userId,
    scopes: ['widgets:users-table:manage'],
  });
}

/** The roles that an organization has, by slug. */
export async function listRoles(workos: WorkOS, organizationId: string): Promise<string[]> {
  const { data } = await workos.organizations.listOrganizationRoles({ organizationId });
  return data.map(({ slug }) => slug);
}

/** The feature flags that are on for an organization, by slug. */
export async function listFlags(workos: WorkOS, organizationId: string): Promise<string[]> {
  const { data } = await workos.organizations.listOrganizationFeatureFlags({ organizationId });
  return data.map(({ slug }) => slug);
}
