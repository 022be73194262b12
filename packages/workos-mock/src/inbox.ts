import type { EmailedSecret } from './entities.ts';
import type { Environment } from './environment.ts';
import { emailedSecretResponse, invitationResponse, invitationState } from './responses.ts';

/** An e-mail that WorkOS would have sent. */
export interface Message {
  kind: EmailedSecret['kind'] | 'invitation';
  email: string;
  /** The code, or the token of the link. */
  secret: string;
  /** What the link of the e-mail opens; null for a code. */
  url: string | null;
  /** Whether it is of use still: not used, not expired, not revoked. */
  isOpen: boolean;
  createdAt: string;
}

/**
 * Every e-mail that would have been sent, oldest first.
 *
 * @param origin The address of the mock, for the links.
 */
export function listInbox(env: Environment, origin: string): Message[] {
  const now = env.clock.now();
  const { emailedSecrets, invitations } = env.store;
  const secrets = emailedSecrets.all().map((sent): Message => {
    const response = emailedSecretResponse(sent, origin);
    return {
      kind: sent.kind,
      email: sent.email,
      secret: sent.secret,
      url: 'password_reset_url' in response ? response.password_reset_url : null,
      isOpen: sent.usedAt === null && sent.expiresAt > now,
      createdAt: sent.createdAt,
    };
  });
  const invited = invitations.all().map((invitation): Message => ({
    kind: 'invitation',
    email: invitation.email,
    secret: invitation.token,
    url: invitationResponse(invitation, now, origin).accept_invitation_url,
    isOpen: invitationState(invitation, now) === 'pending',
    createdAt: invitation.createdAt,
  }));
  return [...secrets, ...invited].toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
}
