/**
 * Declarations that stand in for the SDK's own while the codemod reads a project: no more than what tells a WorkOS client,
 * its resources and its answers from everything else. They take the place of whichever version is installed, or of none.
 */
export const SDK_TYPES = `
declare module '@workos-inc/node/worker' {
  export class WorkOS {
    constructor(...options: unknown[]);
    readonly adminPortal: AdminPortal;
    readonly apiKeys: ApiKeys;
    readonly authorization: Authorization;
    readonly directorySync: DirectorySync;
    readonly events: Events;
    readonly featureFlags: FeatureFlags;
    readonly fga: Fga;
    readonly mfa: Mfa;
    readonly multiFactorAuth: MultiFactorAuth;
    readonly organizationDomains: OrganizationDomains;
    readonly organizations: Organizations;
    readonly portal: Portal;
    readonly sso: Sso;
    readonly userManagement: UserManagement;
    readonly vault: Vault;
    readonly webhooks: Webhooks;
    readonly widgets: Widgets;
  }
  export function createWorkOS(options: unknown): WorkOS;
  type Method = (...parameters: unknown[]) => Promise<unknown>;
  class AdminPortal { [method: string]: Method }
  class ApiKeys { [method: string]: Method }
  class Authorization { [method: string]: Method }
  class Events { [method: string]: Method }
  class FeatureFlags { [method: string]: Method }
  class Fga { [method: string]: Method }
  class Mfa { [method: string]: Method }
  class MultiFactorAuth { [method: string]: Method }
  class OrganizationDomains { [method: string]: Method }
  class Organizations { [method: string]: Method }
  class Portal { [method: string]: Method }
  class Sso { [method: string]: Method }
  class UserManagement { [method: string]: Method }
  class Vault { [method: string]: Method }
  class Webhooks { [method: string]: Method }
  class Widgets { [method: string]: Method }
  class DirectorySync {
    getUser(id: string): Promise<DirectoryUserWithGroups>;
    listUsers(options: unknown): Promise<DirectoryUserList>;
  }
  interface DirectoryUserList {
    data: DirectoryUserWithGroups[];
    autoPagination(): Promise<DirectoryUserWithGroups[]>;
  }
  export class DirectoryUser {
    id: string;
    email: string | null;
    emails: { value?: string; primary?: boolean }[];
    username: string | null;
    jobTitle: string | null;
    customAttributes: Record<string, unknown>;
  }
  export class DirectoryUserWithGroups extends DirectoryUser {}
  export type { AdminPortal, ApiKeys, Authorization, DirectorySync, Events, FeatureFlags, Fga, Mfa, MultiFactorAuth,
    OrganizationDomains, Organizations, Portal, Sso, UserManagement, Vault, Webhooks, Widgets };
}
declare module '@workos-inc/node' {
  import * as sdk from '@workos-inc/node/worker';
  export * from '@workos-inc/node/worker';
  export default sdk;
}
declare module '@workos-inc/authkit-nextjs' {
  export function getWorkOS(): import('@workos-inc/node').WorkOS;
}
`;
