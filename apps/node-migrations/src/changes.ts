import type { Change } from './change.ts';
import { directorySync } from './directory-sync/change.ts';
import { events } from './events/change.ts';
import { magicAuth } from './magic-auth/change.ts';
import { memberships } from './memberships/change.ts';
import { mfa } from './mfa/change.ts';
import { organizations } from './organizations/change.ts';
import { passwordReset } from './password-reset/change.ts';
import { pkce } from './pkce/change.ts';
import { runtime } from './runtime/change.ts';
import { sealedSession } from './sealed-session/change.ts';
import { ssoAuthorizationUrl } from './sso-authorization-url/change.ts';
import { v9ToV11 } from './v9-to-v11/change.ts';
import { vault } from './vault/change.ts';
import { webhookPayload } from './webhook-payload/change.ts';

/** Every breaking change, in the order in which one meets them. */
export const changes: readonly Change[] = [
  runtime,
  ssoAuthorizationUrl,
  directorySync,
  magicAuth,
  passwordReset,
  sealedSession,
  mfa,
  organizations,
  memberships,
  vault,
  events,
  pkce,
  webhookPayload,
  v9ToV11,
];
