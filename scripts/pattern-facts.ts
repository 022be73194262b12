/** What a pattern's id looks like, as a part of an expression. */
export const ID = '(?:nextjs|react|node|migrate|python|go|trap|ask)/[a-z0-9-]+';

/** What PATTERNS.md says about a pattern beyond its files. A check holds every name to the pattern's own code and tests. */
export interface Fact {
  /** The functions and options that the pattern shows, as one would search for them. */
  api: string[];
  /** The first release that has all of them, read from the package's tagged sources; absent where that is not known. */
  since?: string;
  /** The end of the path of the file to copy first, where it is not named after the pattern. */
  main?: string;
}

/** Words that somebody has on the screen or in memory, and the patterns that answer them. */
export interface SearchEntry {
  /** Each occurs in an app's sources or in `seenIn`; a check holds them to it. Empty when there is no message. */
  words: string[];
  /** What it means, or what to write today. */
  means: string;
  ids: string[];
  /** The file, as a rule of an installed SDK, that the words stand in when no app names them. */
  seenIn?: string;
}

export const FACTS: Record<string, Fact> = {
  'nextjs/authkit-middleware': { api: ['authkitMiddleware()'], since: 'authkit-nextjs 0.1' },
  'nextjs/authkit-proxy': { api: ['authkitProxy()'], since: 'authkit-nextjs 3.0' },
  'nextjs/composable-proxy': {
    api: ['authkit()', 'handleAuthkitProxy()'],
    since: 'authkit-nextjs 3.0',
  },
  'nextjs/cookie-domain': { api: ['WORKOS_COOKIE_DOMAIN'], since: 'authkit-nextjs 0.9' },
  'nextjs/create-organization-on-sign-up': {
    api: ['getSignUpUrl()', 'createOrganization()'],
  },
  'nextjs/custom-state': { api: ['getSignInUrl({ state })', 'onSuccess'] },
  'nextjs/dynamic-redirect-uri': { api: ['redirectUri'] },
  'nextjs/eager-auth': { api: ['authkitProxy({ eagerAuth })'], since: 'authkit-nextjs 3.0' },
  'nextjs/feature-flags': {
    api: ['featureFlags', 'getFeatureFlagsRuntimeClient()'],
    since: 'authkit-nextjs 4.1',
  },
  'nextjs/get-workos': { api: ['getWorkOS()'], since: 'authkit-nextjs 1.4.1' },
  'nextjs/handle-auth': { api: ['handleAuth()'], since: 'authkit-nextjs 0.4' },
  'nextjs/impersonation': { api: ['Impersonation'], since: 'authkit-nextjs 0.3' },
  'nextjs/middleware-to-proxy': {
    api: ['handleAuth()', 'getSignInUrl()'],
    main: 'callback/route.ts',
  },
  'nextjs/own-organization-picker': {
    api: ['refreshSession({ organizationId })'],
  },
  'nextjs/pkce-always-on': { api: ['wos-auth-verifier'], since: 'authkit-nextjs 3.0' },
  'nextjs/proactive-refresh': { api: ['refreshBufferSeconds'], since: 'authkit-nextjs 4.3' },
  'nextjs/provider-initial-auth': {
    api: ['AuthKitProvider', 'initialAuth'],
    since: 'authkit-nextjs 2.12',
  },
  'nextjs/proxy-auth': {
    api: ['middlewareAuth', 'unauthenticatedPaths', 'signUpPaths'],
    since: 'authkit-nextjs 0.14',
  },
  'nextjs/recent-auth': {
    api: ['checkRecentAuth()', 'getSignInUrl({ maxAge })'],
    since: 'authkit-nextjs 4.2',
  },
  'nextjs/refresh-session': { api: ['refreshSession()'], since: 'authkit-nextjs 0.9' },
  'nextjs/rewrites': {
    api: ['partitionAuthkitHeaders()', 'applyResponseHeaders()'],
    since: 'authkit-nextjs 2.13',
  },
  'nextjs/save-session': { api: ['saveSession()'], since: 'authkit-nextjs 2.1' },
  'nextjs/session-refresh-callbacks': {
    api: ['onSessionRefreshSuccess', 'onSessionRefreshError'],
    since: 'authkit-nextjs 2.3',
  },
  'nextjs/sign-in-endpoint': {
    api: ['getSignInUrl()', 'getSignUpUrl()'],
    since: 'authkit-nextjs 0.5',
  },
  'nextjs/sign-out': { api: ['signOut({ returnTo })'], since: 'authkit-nextjs 1.1' },
  'nextjs/use-access-token': { api: ['useAccessToken()'], since: 'authkit-nextjs 2.3' },
  'nextjs/use-auth': {
    api: ['useAuth()', 'switchToOrganization()'],
    since: 'authkit-nextjs 2.1',
  },
  'nextjs/use-token-claims': {
    api: ['useTokenClaims()', 'getTokenClaims()'],
    since: 'authkit-nextjs 2.4',
  },
  'nextjs/validate-api-key': { api: ['validateApiKey()'], since: 'authkit-nextjs 2.11' },
  'nextjs/with-auth': { api: ['withAuth()'], since: 'authkit-nextjs 0.11' },

  'react/access-token': {
    api: ['getAccessToken()', 'LoginRequiredError'],
  },
  'react/authorization': {
    api: ['permissions', 'featureFlags'],
    since: 'authkit-react 0.11',
  },
  'react/get-claims': { api: ['getClaims()'], since: 'authkit-react 0.4' },
  'react/protected-routes': { api: ['useAuth()', 'isLoading'], since: 'authkit-react 0.1' },
  'react/provider': {
    api: ['AuthKitProvider', 'apiHostname', 'devMode'],
    since: 'authkit-react 0.1',
    main: 'auth-provider.tsx',
  },
  'react/sign-in-endpoint': { api: ['signIn()'], since: 'authkit-react 0.1' },
  'react/state': { api: ['state'] },
  'react/switch-organization': { api: ['switchToOrganization()'], since: 'authkit-react 0.7' },
  'react/token-refresh': {
    api: ['onRefresh', 'onRefreshFailure', 'refreshBufferInterval'],
    since: 'authkit-react 0.7.2',
  },
  'react/url-helpers': { api: ['getSignInUrl()', 'getSignUpUrl()'], since: 'authkit-react 0.14' },
  'react/use-auth': { api: ['useAuth()', 'signOut()'], since: 'authkit-react 0.1' },

  'node/confidential-client': {
    api: ['createWorkOS({ apiKey, clientId })'],
    since: 'node 8.0',
    main: 'worker/src/workos.ts',
  },
  'node/confidential-pkce': { api: ['getAuthorizationUrlWithPKCE()'], since: 'node 8.0' },
  'node/custom-scheme': {
    api: ['getAuthorizationUrlWithPKCE()', 'authenticateWithCode()'],
    since: 'node 8.0',
  },
  'node/device-flow': { api: ['authorize/device'] },
  'node/directory-sync': { api: ['directoryUser.customAttributes'], since: 'node 3.0' },
  'node/magic-auth': {
    api: ['createMagicAuth()', 'authenticateWithMagicAuth()'],
    since: 'node 7.3',
  },
  'node/mfa': {
    api: ['multiFactorAuth.challengeFactor()', 'verifyChallenge()', 'authenticateWithTotp()'],
    since: 'node 9.0',
  },
  'node/password-reset': { api: ['createPasswordReset()', 'resetPassword()'], since: 'node 7.6' },
  'node/pkce-automatic': {
    api: ['getAuthorizationUrlWithPKCE()', 'authenticateWithCode({ code, codeVerifier })'],
    since: 'node 8.0',
  },
  'node/pkce-manual': {
    api: ['pkce.generate()', 'getAuthorizationUrl({ codeChallenge })'],
    since: 'node 8.0',
  },
  'node/public-client': { api: ['createWorkOS({ clientId })'], since: 'node 8.0' },
  'node/public-refresh': { api: ['authenticateWithRefreshToken()'] },
  'node/sealed-session': { api: ['loadSealedSession()', 'session.refresh()'], since: 'node 7.25' },
  'node/sso-authorization-url': { api: ['sso.getAuthorizationUrl()', 'getProfileAndToken()'] },
  'node/vault': { api: ['vault.createObject()', 'updateObject()'], since: 'node 7.45' },
  'node/verify-access-token': { api: ['createRemoteJWKSet()', 'jwtVerify()'] },
  'node/webhooks': { api: ['webhooks.constructEvent()'], since: 'node 1.5' },
  'node/worker-import': { api: ['@workos-inc/node/worker', 'createWorkOS()'], since: 'node 8.0' },

  'migrate/directory-sync': { api: ['customAttributes.job_title'] },
  'migrate/events': { api: ['dsync.deleted', 'organization_membership.deleted'] },
  'migrate/magic-auth': { api: ['createMagicAuth()'], since: 'node 7.3' },
  'migrate/memberships': { api: ['listOrganizationMemberships({ organizationId })'] },
  'migrate/mfa': { api: ['multiFactorAuth.verifyChallenge()'], since: 'node 9.0' },
  'migrate/organizations': { api: ['domainData'], since: 'node 7.2' },
  'migrate/password-reset': { api: ['createPasswordReset()'], since: 'node 7.6' },
  'migrate/pkce': {
    api: ['getAuthorizationUrlWithPKCE()', 'createWorkOS({ clientId })'],
    since: 'node 8.0',
  },
  'migrate/sealed-session': { api: ['loadSealedSession()', 'refresh()'], since: 'node 7.25' },
  'migrate/sso-authorization-url': { api: ['sso.getAuthorizationUrl()'] },
  'migrate/v9-to-v11': {
    api: ['adminPortal', 'apiKeys.createValidation()', 'widgets.createToken()'],
    since: 'node 9.0',
  },
  'migrate/vault': { api: ['vault.createObject()'], since: 'node 7.45' },
  'migrate/webhook-payload': { api: ['webhooks.constructEvent()'] },

  'python/client': { api: ['WorkOSClient()'] },
  'python/async-client': { api: ['AsyncWorkOSClient()'] },
  'go/per-package': { api: ['usermanagement.SetAPIKey()', 'sso.GetProfileAndToken()'] },

  'trap/callbacks-captured-once': { api: ['onRefresh'] },
  'trap/cookies-in-server-component': { api: ['getSignInUrl()', 'withAuth({ ensureSignedIn })'] },
  'trap/ensure-signed-in-loses-path': { api: ['useAuth({ ensureSignedIn })'] },
  'trap/manual-redirect-drops-verifier': { api: ['authkit()', 'NextResponse.redirect()'] },
  'trap/next-redirect-in-try': { api: ['withAuth()', 'unstable_rethrow()'] },
  'trap/on-before-auto-refresh': { api: ['onBeforeAutoRefresh'] },
  'trap/public-client-env-key': { api: ['createWorkOS({ clientId })'] },
  'trap/redirect-in-on-success': { api: ['handleAuth({ onSuccess })', 'unstable_rethrow()'] },
  'trap/refresh-race': { api: ['authkitProxy()', 'authkit()'] },
  'trap/refresh-without-limit': { api: ['getAccessToken()', 'createClient()'] },
  'trap/seal-on-public-client': { api: ['sealSession'] },
  'trap/short-tokens': { api: ['refreshBufferSeconds', 'refreshBufferInterval'] },
  'trap/sign-out-open-redirect': { api: ['signOut({ returnTo })'] },
  'trap/single-verifier-slot': { api: ['getSignInUrl()'] },
  'trap/stale-token-after-switch': { api: ['switchToOrganization()', 'useAccessToken()'] },
  'trap/switch-organization-redirect': { api: ['switchToOrganization()'] },
  'trap/unknown-kid-throws': { api: ['session.authenticate()'] },
  'trap/user-after-refresh-failure': { api: ['useAuth()', 'getAccessToken()'] },
  'trap/worker-env': { api: ['createWorkOS()'] },
  'trap/worker-timeout': { api: ['createWorkOS({ timeout })', 'new WorkOS()'] },

  'ask/api-keys': { api: ['apiKeys.createValidation()'], since: 'node 9.0' },
  'ask/invite-guard': { api: ['onSuccess'] },
  'ask/matcher-coverage': { api: ['withAuth()', 'config.matcher'] },
  'ask/webhook-body': { api: ['webhooks.constructEvent()'] },
};

const AUTHKIT_NEXTJS_3 = 'apps/nextjs-middleware/node_modules/@workos-inc/authkit-nextjs/src';
const AUTHKIT_NEXTJS = 'apps/nextjs-proxy/node_modules/@workos-inc/authkit-nextjs/src';
const AUTHKIT_REACT = 'apps/react-spa/node_modules/@workos-inc/authkit-react/src';
const AUTHKIT_JS = 'apps/react-spa/node_modules/@workos-inc/authkit-js/src';

export const ON_SCREEN: SearchEntry[] = [
  {
    words: ['Cookies can only be modified in a Server Action or Route Handler'],
    means: 'a sign-in URL was made while a server component rendered',
    ids: ['trap/cookies-in-server-component', 'nextjs/sign-in-endpoint'],
  },
  {
    words: ['Auth cookie missing'],
    means: 'authkit-nextjs 3: the callback came without the verifier cookie',
    ids: [
      'trap/manual-redirect-drops-verifier',
      'trap/localhost-or-127',
      'trap/accept-header',
      'nextjs/pkce-always-on',
    ],
    seenIn: `${AUTHKIT_NEXTJS_3}/authkit-callback-route.ts`,
  },
  {
    words: ['Sign-in session could not be verified', 'missing_pkce_cookie'],
    means: 'authkit-nextjs 4: the same',
    ids: [
      'trap/manual-redirect-drops-verifier',
      'trap/localhost-or-127',
      'trap/accept-header',
      'nextjs/pkce-always-on',
    ],
    seenIn: `${AUTHKIT_NEXTJS}/authkit-callback-route.ts`,
  },
  {
    words: ['Missing required auth parameter', 'missing_auth_params'],
    means: 'the callback came without a code or a state: cancelled, or begun outside of the app',
    ids: ['nextjs/handle-auth', 'ask/idp-initiated'],
    seenIn: `${AUTHKIT_NEXTJS}/authkit-callback-route.ts`,
  },
  {
    words: ['OAuth state mismatch', 'oauth_state_mismatch'],
    means: 'the state is not the one that this browser began with',
    ids: ['nextjs/handle-auth', 'nextjs/pkce-always-on'],
    seenIn: `${AUTHKIT_NEXTJS}/authkit-callback-route.ts`,
  },
  {
    words: ["Couldn't sign in. If you are not sure what happened"],
    means: 'handleAuth() without onError answers JSON and 500',
    ids: ['nextjs/handle-auth', 'trap/redirect-in-on-success'],
    seenIn: `${AUTHKIT_NEXTJS}/authkit-callback-route.ts`,
  },
  {
    words: ["You are calling 'withAuth' on", "that isn't covered by the AuthKit middleware"],
    means: 'the matcher leaves the page out',
    ids: ['ask/matcher-coverage'],
    seenIn: `${AUTHKIT_NEXTJS}/session.ts`,
  },
  {
    words: ['NEXT_REDIRECT'],
    means: 'redirect() throws; a catch took it for an error',
    ids: ['trap/next-redirect-in-try', 'trap/redirect-in-on-success'],
    seenIn: 'apps/nextjs-proxy/node_modules/next/dist/client/components/redirect-error.js',
  },
  {
    words: ['sso_required', 'mfa_enrollment'],
    means: 'the organization asks for another sign-in first',
    ids: ['trap/switch-organization-redirect', 'nextjs/refresh-session', 'node/sealed-session'],
  },
  {
    words: ['Failed to refresh session', 'TokenRefreshError'],
    means: 'the refresh was refused, or WorkOS did not answer',
    ids: ['trap/api-down-blocks', 'trap/switch-organization-redirect', 'nextjs/refresh-session'],
    seenIn: `${AUTHKIT_NEXTJS}/session.ts`,
  },
  {
    words: ['invalid_grant'],
    means: 'a code or a refresh token was spent before, as a rule by a request beside this one',
    ids: ['trap/refresh-race', 'ask/refresh-race', 'ask/two-instances'],
  },
  {
    words: ['organization_selection_required', 'email_verification_required', 'mfa_challenge'],
    means: 'a sign-in of one’s own has a step to go',
    ids: ['nextjs/save-session', 'node/mfa'],
  },
  {
    words: ['at least 32 characters'],
    means: 'WORKOS_COOKIE_PASSWORD is missing or short; the app says so when it starts',
    ids: ['nextjs/cookie-domain'],
    seenIn: `${AUTHKIT_NEXTJS}/session.ts`,
  },
  {
    words: ['You must provide a redirect URI'],
    means: 'neither NEXT_PUBLIC_WORKOS_REDIRECT_URI nor redirectUri is set',
    ids: ['nextjs/dynamic-redirect-uri', 'ask/preview-redirect-uri'],
    seenIn: `${AUTHKIT_NEXTJS}/session.ts`,
  },
  {
    words: ['useAuth must be used within an AuthKitProvider'],
    means: 'the component stands outside of the provider, often in a test',
    ids: ['nextjs/provider-initial-auth', 'react/provider', 'react/component-test'],
    seenIn: `${AUTHKIT_REACT}/hook.ts`,
  },
  {
    words: ["Couldn't exchange code", 'Login CSRF attack'],
    means: 'the callback does not belong to a sign-in that this tab began',
    ids: ['trap/single-verifier-slot', 'react/sign-in-endpoint', 'react/state'],
    seenIn: `${AUTHKIT_JS}/create-client.ts`,
  },
  {
    words: ['LoginRequiredError', 'NoSessionError'],
    means: 'the session is over, though the screen may still show a person',
    ids: ['trap/user-after-refresh-failure', 'react/access-token', 'react/use-auth'],
  },
  {
    words: ['blocked by CORS policy'],
    means: 'a fetch followed a redirect to the sign-in page',
    ids: ['trap/link-to-sign-in', 'ask/server-actions-expired'],
  },
  {
    words: ['0.0.0.0'],
    means: 'in a container the server takes its own host from the socket',
    ids: ['ask/docker-host'],
  },
  {
    words: ['431'],
    means: 'Request Header Fields Too Large: sign-ins that nobody finished left their cookies',
    ids: ['ask/cookie-budget'],
  },
  {
    words: ['ApiKeyRequiredException'],
    means: 'a client without an API key called the server’s API',
    ids: ['node/public-client'],
  },
  {
    words: ['Session sealing requires server-side usage'],
    means: 'the code is spent already; store the tokens instead',
    ids: ['trap/seal-on-public-client'],
    seenIn: 'apps/worker/node_modules/@workos-inc/node/lib',
  },
  {
    words: ['SignatureVerificationException'],
    means: 'the webhook’s body is not the text as it came',
    ids: ['ask/webhook-body', 'node/webhooks', 'migrate/webhook-payload'],
  },
  {
    words: ['ERR_JWKS_NO_MATCHING_KEY'],
    means: 'the keys were rotated, and authenticate() throws',
    ids: ['trap/unknown-kid-throws'],
  },
  {
    words: ['authorization_pending', 'slow_down'],
    means: 'nobody has confirmed the device yet',
    ids: ['node/device-flow'],
  },
  {
    words: [],
    means: 'sign-in ends where it began, again and again',
    ids: ['trap/cookie-too-large', 'trap/localhost-or-127', 'trap/manual-redirect-drops-verifier'],
  },
  {
    words: [],
    means: 'a page of a single-page app loads for ever, in every tab',
    ids: ['trap/refresh-without-limit'],
  },
  {
    words: [],
    means: 'people are signed out now and then',
    ids: ['trap/refresh-race', 'trap/html-5xx-signs-out', 'nextjs/proactive-refresh'],
  },
  {
    words: [],
    means: 'after a switch of the organization the API still sees the old one',
    ids: ['trap/stale-token-after-switch'],
  },
  {
    words: [],
    means: 'after sign-in people land on the start page',
    ids: ['trap/ensure-signed-in-loses-path', 'ask/deep-link'],
  },
  {
    words: [],
    means: 'a feature flag stays as it was until the server is started anew',
    ids: ['nextjs/feature-flags'],
  },
];

export const REMEMBERED: SearchEntry[] = [
  {
    words: ['authkitMiddleware'],
    means: '`authkitProxy` in `proxy.ts`, from Next.js 16',
    ids: ['nextjs/authkit-proxy', 'nextjs/middleware-to-proxy', 'nextjs/authkit-middleware'],
  },
  {
    words: ['handleAuthkitHeaders'],
    means: '`handleAuthkitProxy`; the old name still works',
    ids: ['nextjs/composable-proxy'],
  },
  {
    words: ['WORKOS_ENABLE_PKCE'],
    means: 'nothing: PKCE is always on',
    ids: ['nextjs/pkce-always-on', 'migrate/pkce'],
  },
  {
    words: ['sendMagicAuthCode'],
    means: '`createMagicAuth`',
    ids: ['migrate/magic-auth', 'node/magic-auth'],
  },
  {
    words: ['sendPasswordResetEmail'],
    means: '`createPasswordReset`, and the e-mail is yours to send',
    ids: ['migrate/password-reset', 'node/password-reset'],
  },
  {
    words: ['refreshAndSealSessionData', 'getLogoutUrlFromSessionCookie'],
    means: '`loadSealedSession`, then `refresh` or `getLogoutUrl`',
    ids: ['migrate/sealed-session', 'node/sealed-session'],
  },
  {
    words: ['verifyFactor', 'workos.mfa', 'enrollAuthFactor', 'listAuthFactors'],
    means: '`multiFactorAuth.verifyChallenge`, `createUserAuthFactor`, `listUserAuthFactors`',
    ids: ['migrate/mfa', 'node/mfa'],
  },
  {
    words: [
      'createSecret',
      'readSecret',
      'updateSecret',
      'deleteSecret',
      'listSecrets',
      'describeSecret',
      'listSecretVersions',
    ],
    means: 'the same with `Object` for `Secret`',
    ids: ['migrate/vault', 'node/vault'],
  },
  {
    words: ['directoryUser.emails', 'jobTitle', 'getPrimaryEmail'],
    means: '`email` and `customAttributes`, whose keys stay as the API sends them: `job_title`',
    ids: ['migrate/directory-sync', 'node/directory-sync'],
  },
  {
    words: ['listOrganizationMemberships'],
    means: 'needs `userId` or `organizationId`',
    ids: ['migrate/memberships'],
  },
  {
    words: ['allowProfilesOutsideOrganization', 'domains', 'legacy_verified'],
    means: '`domainData`',
    ids: ['migrate/organizations'],
  },
  {
    words: [
      'dsync.deactivated',
      'organization_membership.added',
      'organization_membership.removed',
    ],
    means: '`dsync.deleted`, `organization_membership.created`, `organization_membership.deleted`',
    ids: ['migrate/events'],
  },
  {
    words: ['portal.generateLink'],
    means: '`adminPortal.generateLink`',
    ids: ['migrate/v9-to-v11'],
  },
  {
    words: ['apiKeys.validateApiKey'],
    means: '`apiKeys.createValidation`; `validateApiKey()` of authkit-nextjs stays',
    ids: ['migrate/v9-to-v11', 'nextjs/validate-api-key', 'ask/api-keys'],
  },
  {
    words: ['widgets.getToken'],
    means: '`widgets.createToken`, which answers `{ token }`',
    ids: ['migrate/v9-to-v11'],
  },
  {
    words: [
      'listOrganizationRoles',
      'listUserFeatureFlags',
      'organizationDomains.get',
      'workos.fga',
    ],
    means: 'moved to the resource that they are about; `fga` is gone',
    ids: ['migrate/v9-to-v11'],
  },
  {
    words: ['onBeforeAutoRefresh'],
    means: 'typed in authkit-react and never called; `createClient()` of authkit-js calls it',
    ids: ['trap/on-before-auto-refresh', 'react/token-refresh'],
  },
  {
    words: ['WorkOSClient', 'AsyncWorkOSClient'],
    means: 'Python: the names of the clients; there is no `WorkOS`',
    ids: ['python/client', 'python/async-client'],
  },
  {
    words: ['usermanagement.SetAPIKey'],
    means: 'Go 6: one package each, no client for all',
    ids: ['go/per-package'],
  },
];
