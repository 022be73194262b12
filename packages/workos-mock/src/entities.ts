/** Where somebody or something came into being; ISO 8601 times. */
interface Dated {
  createdAt: string;
  updatedAt: string;
}

export interface User extends Dated {
  id: string;
  email: string;
  firstName: string | null;
  lastName: string | null;
  emailVerified: boolean;
  profilePictureUrl: string | null;
  lastSignInAt: string | null;
  externalId: string | null;
  locale: string | null;
  metadata: Record<string, string>;
  /** In the clear: this is a mock, and its people are made up. */
  password: string | null;
  /** Whether the hosted page offers "Impersonate" in this person's name. */
  canImpersonate: boolean;
}

export interface Organization extends Dated {
  id: string;
  name: string;
  domains: { id: string; domain: string; state: 'pending' | 'verified' }[];
  externalId: string | null;
  stripeCustomerId: string | null;
  /** Whether its people must come from its identity provider: its authentication policy in the dashboard. */
  ssoRequired: boolean;
  metadata: Record<string, string>;
}

export interface OrganizationMembership extends Dated {
  id: string;
  userId: string;
  organizationId: string;
  /** The first is the one in the `role` claim. */
  roles: string[];
  status: 'active' | 'inactive' | 'pending';
}

export interface Role extends Dated {
  id: string;
  slug: string;
  name: string;
  description: string | null;
  permissions: string[];
  /** Set on a role that one organization made for itself. */
  organizationId: string | null;
}

export interface Permission extends Dated {
  id: string;
  slug: string;
  name: string;
  description: string | null;
}

export interface FeatureFlag extends Dated {
  id: string;
  slug: string;
  name: string;
  description: string | null;
  enabled: boolean;
  defaultValue: boolean;
  /** Ids of the users and organizations that it is on for. */
  targets: Set<string>;
}

export interface ApiKey extends Dated {
  id: string;
  name: string;
  value: string;
  organizationId: string;
  /** Set on a key that belongs to a person in the organization. */
  userId: string | null;
  permissions: string[];
  lastUsedAt: string | null;
}

export interface Invitation extends Dated {
  id: string;
  email: string;
  token: string;
  organizationId: string | null;
  inviterUserId: string | null;
  acceptedUserId: string | null;
  roleSlug: string | null;
  acceptedAt: string | null;
  revokedAt: string | null;
  expiresAt: number;
}

export type AuthenticationMethod =
  | 'SSO'
  | 'Password'
  | 'MagicAuth'
  | 'Impersonation'
  | 'Passkey'
  | `${string}OAuth`;

export interface Impersonator {
  email: string;
  reason: string | null;
}

export interface Session extends Dated {
  id: string;
  userId: string;
  organizationId: string | null;
  clientId: string;
  method: AuthenticationMethod;
  impersonator: Impersonator | null;
  refreshToken: string;
  /** Seconds since 1970 of the sign-in, for the `auth_time` claim. */
  authTime: number;
  /** AuthKit's own session, in the browser that this one was begun in by the hosted page. */
  browserSessionId: string | null;
  expiresAt: number;
  endedAt: string | null;
}

/** A refresh token that was exchanged for another one. */
export interface RotatedToken {
  sessionId: string;
  rotatedAt: number;
}

/** AuthKit's own session: by it a browser is known at the hosted page. */
export interface BrowserSession {
  id: string;
  userId: string;
  /** The one that was chosen last. */
  organizationId: string | null;
  method: AuthenticationMethod;
  /** Seconds since 1970 of the sign-in. */
  authTime: number;
  expiresAt: number;
}

/** An authorization code, waiting to be exchanged. */
export interface AuthorizationCode {
  code: string;
  clientId: string;
  redirectUri: string;
  codeChallenge: string | null;
  userId: string;
  organizationId: string | null;
  method: AuthenticationMethod;
  impersonator: Impersonator | null;
  browserSession: BrowserSession | null;
  expiresAt: number;
  /** The session that it was exchanged for; a second exchange is refused. */
  usedFor: string | null;
}

/** A device that waits to be let in (RFC 8628). */
export interface DeviceAuthorization {
  deviceCode: string;
  userCode: string;
  clientId: string;
  expiresAt: number;
  /** Seconds that the device must leave between two polls. */
  interval: number;
  polledAt: number | null;
  decision: 'pending' | 'approved' | 'denied';
  approvedBy: {
    userId: string;
    organizationId: string | null;
    method: AuthenticationMethod;
  } | null;
}

/** Who is signed in on the hosted device page. */
export interface HostedSignIn {
  id: string;
  userId: string;
  organizationId: string | null;
  method: AuthenticationMethod;
  expiresAt: number;
}

/** A sign-in that began outside of the app, on its way to the app's sign-in endpoint. */
export interface OutsideSignIn {
  id: string;
  userId: string;
  organizationId: string | null;
  /** Null for whichever the app asks for. */
  method: AuthenticationMethod | null;
  impersonator: Impersonator | null;
  signInEndpoint: string;
  expiresAt: number;
}

/** The steps of a hosted sign-in; each is a page. */
export type SignInStep =
  | 'sign-in'
  | 'magic-auth-code'
  | 'email-verification'
  | 'mfa-enrollment'
  | 'mfa-challenge'
  | 'organization';

/** What the app asked for at `/user_management/authorize`, while the person is on the hosted page. */
export interface AuthorizationRequest {
  id: string;
  clientId: string;
  redirectUri: string;
  state: string | null;
  codeChallenge: string | null;
  organizationId: string | null;
  loginHint: string | null;
  screenHint: 'sign-in' | 'sign-up';
  invitationToken: string | null;
  /** The browser that opened the hosted page first: another one cannot finish the sign-in. */
  browser: string | null;
  /** In every form of the hosted page, and nowhere else: a page of another site cannot submit one. */
  csrfToken: string;
  /** What the person has to do next. */
  step: SignInStep;
  /** Who signs in, once that is known. */
  userId: string | null;
  method: AuthenticationMethod;
  /** The secret that is shown on the page for an authenticator app; it counts once a code of it was typed in. */
  totpSecret: string | null;
  /** What the second factor is asked for. */
  challengeId: string | null;
  expiresAt: number;
}

/** A sign-in that waits for a further step: a verified address, a second factor, or an organization. */
export interface PendingAuthentication {
  token: string;
  userId: string;
  method: AuthenticationMethod;
  step: 'email_verification' | 'mfa' | 'organization_selection';
  organizationId: string | null;
  expiresAt: number;
}

/** A code or a token that was sent to somebody by e-mail. */
export interface EmailedSecret extends Dated {
  id: string;
  kind: 'magic_auth' | 'email_verification' | 'password_reset';
  userId: string;
  email: string;
  /** Six digits; for a password reset, the token of the link. */
  secret: string;
  expiresAt: number;
  attempts: number;
  usedAt: string | null;
}

/** How an organization's people sign in at their own identity provider. */
export interface Connection extends Dated {
  id: string;
  name: string;
  organizationId: string;
  /** As WorkOS names it, e.g. `OktaSAML`. */
  type: string;
  state: 'active' | 'inactive';
  domains: { id: string; domain: string }[];
}

/** What an app asked for at `/sso/authorize`, while the person is at the identity provider. */
export interface SsoRequest {
  id: string;
  redirectUri: string;
  state: string | null;
  codeChallenge: string | null;
  /** Null for a social provider, which has no connection of an organization. */
  connectionId: string | null;
  /** Of the connection, or the provider itself. */
  connectionType: string;
  organizationId: string | null;
  expiresAt: number;
}

/** A code of `/sso/authorize`, or the access token that it was exchanged for. */
export interface SsoGrant {
  secret: string;
  kind: 'code' | 'token';
  request: SsoRequest;
  userId: string;
  usedAt: string | null;
  expiresAt: number;
}

/** A directory of an organization's people, kept by somebody else. */
export interface Directory extends Dated {
  id: string;
  name: string;
  organizationId: string;
  type: string;
  state: 'linked' | 'unlinked';
  domain: string;
  externalKey: string;
}

export interface DirectoryGroup extends Dated {
  id: string;
  idpId: string;
  directoryId: string;
  organizationId: string;
  name: string;
}

export interface DirectoryUser extends Dated {
  id: string;
  idpId: string;
  directoryId: string;
  organizationId: string;
  email: string;
  firstName: string | null;
  lastName: string | null;
  state: 'active' | 'suspended' | 'inactive';
  role: string | null;
  customAttributes: Record<string, unknown>;
  groupIds: string[];
}

/** An authenticator app or a phone. */
export interface AuthFactor extends Dated {
  id: string;
  /** Null for a factor of the standalone API, which knows no users. */
  userId: string | null;
  type: 'totp' | 'sms';
  totp: { issuer: string; user: string; secret: string } | null;
  sms: { phoneNumber: string } | null;
  /** The number of the thirty seconds whose code was used last: no code is good twice. */
  lastStep: number;
}

export interface AuthChallenge extends Dated {
  id: string;
  factorId: string;
  /** What was "sent" to the phone; null for an authenticator app, which makes its own. */
  code: string | null;
  attempts: number;
  verifiedAt: string | null;
  expiresAt: number;
}

export interface VaultObject extends Dated {
  id: string;
  name: string;
  context: Record<string, string>;
  keyId: string;
  /** Oldest first; the last one is what is read. */
  versions: { id: string; value: string; createdAt: string }[];
}

/** A key that Vault made for encrypting elsewhere, found again by its encrypted form. */
export interface VaultDataKey {
  id: string;
  key: string;
  context: Record<string, string>;
}

export interface WebhookEndpoint extends Dated {
  id: string;
  url: string;
  secret: string;
  status: 'enabled' | 'disabled';
  events: string[];
}

/** Something that happened, as `GET /events` lists and webhooks deliver it. */
export interface Event {
  id: string;
  event: string;
  data: Record<string, unknown>;
  /** What some events say beside their data, e.g. what was there before. */
  context: Record<string, unknown> | null;
  createdAt: string;
}

/** What became of an event at a webhook endpoint. */
export interface WebhookDelivery {
  id: string;
  eventId: string;
  url: string;
  /** The status of each attempt, 0 where there was no answer. */
  attempts: number[];
}
