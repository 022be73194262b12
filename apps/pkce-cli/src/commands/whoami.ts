import type { Context } from '../context.ts';
import { describeStorage } from '../credential-store.ts';
import { duration } from '../terminal.ts';

/** Shows who is signed in, as whom in which organization, and where the session is kept. */
export async function whoami({ profile, terminal, session: open }: Context): Promise<void> {
  const { session, storage } = await open();
  const { user, organizationId, role, permissions, impersonator } = session;
  const name = [user.firstName, user.lastName].filter(Boolean).join(' ');
  const left = session.expiresAt - Date.now();
  terminal.result(
    {
      profile,
      user,
      organizationId,
      role,
      permissions,
      impersonator,
      sessionId: session.sessionId,
      accessTokenExpiresAt: new Date(session.expiresAt).toISOString(),
      storage,
    },
    [
      name ? `${name} (${user.email})` : user.email,
      ...(impersonator ? [`impersonated by ${impersonator}`] : []),
      `organization  ${organizationId ?? 'none'}${role ? `, as ${role}` : ''}`,
      `permissions   ${permissions.join(', ') || 'none'}`,
      `session       ${session.sessionId}, access token good for ${duration(left)}`,
      `kept in       ${describeStorage(profile, storage)}`,
    ],
  );
}
