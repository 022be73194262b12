/** What a method becomes. `to` names the resource when that changes too. */
export interface Rename {
  method: string;
  to?: string;
}

type Table<T> = Readonly<Record<string, T>>;

/** The tables are asked for names out of anybody's source, and every object has a `constructor`: these have no such names. */
function table<T>(rules: Record<string, T>): Table<T> {
  Object.setPrototypeOf(rules, null);
  return rules;
}

function tableByClass<T>(rules: Record<string, Record<string, T>>): Table<Table<T>> {
  for (const names of Object.values(rules)) table(names);
  return table(rules);
}

/** Resources that got another name: `workos.mfa` is `workos.multiFactorAuth`. */
export const resources = table({
  mfa: 'multiFactorAuth',
  portal: 'adminPortal',
});

/** What is called on them, to know one by on a value of unknown type. */
export const resourceMethods = table<readonly string[]>({
  mfa: ['enrollFactor', 'challengeFactor', 'getFactor', 'deleteFactor', 'verifyChallenge'],
  portal: ['generateLink'],
  fga: ['check', 'checkBatch', 'query', 'writeWarrant', 'batchWriteWarrants', 'listWarrants'],
});

/**
 * Methods by class and old name whose arguments and answers stay. A class is named as its property on the client begins:
 * `vault` is `Vault`.
 */
export const methods = tableByClass<Rename>({
  Mfa: { verifyFactor: { method: 'verifyChallenge' } },
  Vault: {
    createSecret: { method: 'createObject' },
    listSecrets: { method: 'listObjects' },
    listSecretVersions: { method: 'listObjectVersions' },
    readSecret: { method: 'readObject' },
    describeSecret: { method: 'describeObject' },
    updateSecret: { method: 'updateObject' },
    deleteSecret: { method: 'deleteObject' },
  },
  ApiKeys: { validateApiKey: { method: 'createValidation' } },
  OrganizationDomains: {
    get: { method: 'getOrganizationDomain' },
    verify: { method: 'verifyOrganizationDomain' },
    create: { method: 'createOrganizationDomain' },
    delete: { method: 'deleteOrganizationDomain' },
  },
  Organizations: {
    listOrganizationFeatureFlags: { method: 'listOrganizationFeatureFlags', to: 'featureFlags' },
    listOrganizationApiKeys: { method: 'listOrganizationApiKeys', to: 'apiKeys' },
    createOrganizationApiKey: { method: 'createOrganizationApiKey', to: 'apiKeys' },
  },
  UserManagement: {
    enrollAuthFactor: { method: 'createUserAuthFactor', to: 'multiFactorAuth' },
    listAuthFactors: { method: 'listUserAuthFactors', to: 'multiFactorAuth' },
    listUserFeatureFlags: { method: 'listUserFeatureFlags', to: 'featureFlags' },
  },
});

/** What is to be decided wherever a refresh is, written by the codemod or by hand. */
export const KEEP_COOKIE =
  'refresh() answers `retryable: true` in an outage, where this threw: keep the cookie';

/** Methods whose call needs more than another name, or a person: by class and name, what there is to know. */
export const decisions = tableByClass({
  UserManagement: {
    sendMagicAuthCode:
      'createMagicAuth answers the code, where this answered nothing: see that it is not handed on, then rename',
    sendPasswordResetEmail:
      'createPasswordReset takes no passwordResetUrl (set it in the dashboard, under Redirects) and answers the token',
    refreshAndSealSessionData: `loadSealedSession({ sessionData, cookiePassword }).refresh() throws without a cookie: ask for it first; ${KEEP_COOKIE}`,
    getLogoutUrlFromSessionCookie:
      'loadSealedSession({ sessionData, cookiePassword }).getLogoutUrl() throws without a cookie: ask for it first',
  },
  Organizations: {
    listOrganizationRoles: 'authorization.listOrganizationRoles(organizationId) takes the id alone',
  },
  Widgets: { getToken: 'createToken answers { token }' },
  Webhooks: {
    constructEvent:
      'from version 9.3.1 on, hand over the raw body (await request.text()); see migrate/webhook-payload',
  },
});

/** Names that are exported no more, and what to do instead. */
export const goneExports = table({
  getPrimaryEmail: 'use directoryUser.email',
  RefreshAndSealSessionDataFailureReason: 'use RefreshSessionFailureReason; its members differ',
  GeneratePortalLinkIntent: "use the string, e.g. 'sso'",
  CheckOp: 'workos.fga is gone; see workos.authorization',
  CheckResult: 'workos.fga is gone; see workos.authorization',
  ResourceOp: 'workos.fga is gone; see workos.authorization',
  WarrantOp: 'workos.fga is gone; see workos.authorization',
});

/** Fields of a directory's person that are custom attributes now. */
export const directoryUserFields = table({
  emails: 'customAttributes.emails, or email',
  username: 'customAttributes.username',
  jobTitle: 'customAttributes.job_title',
});

/** Strings that are worth a look wherever they stand. */
export const strings = table({
  'dsync.deactivated': 'the event is dsync.deleted',
  'organization_membership.added': 'the event is organization_membership.created',
  'organization_membership.removed': 'the event is organization_membership.deleted',
  legacy_verified: 'the state is verified',
  WORKOS_ENABLE_PKCE: 'WORKOS_ENABLE_PKCE is read no more: remove it',
});

/** The switch of AuthKit for Next.js 2 that nothing reads any more. */
export const PKCE_SWITCH = 'WORKOS_ENABLE_PKCE';
