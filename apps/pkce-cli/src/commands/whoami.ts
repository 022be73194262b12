import type { Context } from '../context.ts';
import { describeStorage } from '../credential-store.ts';
import { duration, plain } from '../terminal.ts';

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
      plain(name ? `${name} (${user.email})` : user.email),
      ...(impersonator ? [plain(`impersonated by ${impersonator}`)] : []),
      plain(`organization  ${organizationId ?? 'none'}${role ? `, as ${role}` : ''}`),
      plain(`permissions   ${permissions.join(', ') || 'none'}`),
      plain(`session       ${session.sessionId}, access token good for ${duration(left)}`),
      `kept in       ${describeStorage(profile, storage)}`,
    ],
  );
}
