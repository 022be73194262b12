import type { Context } from '../context.ts';
import { listProfiles, readProfile } from '../credential-store.ts';
import { CliError } from '../errors.ts';
import { table } from '../terminal.ts';

/**
 * Lists the sessions on this machine, one a profile. Sessions on other machines are not a public client's to list: that
 * takes an API key, or an API of your own that has one.
 */
export async function sessions({ profile: current, terminal }: Context): Promise<void> {
  const found = await Promise.all(
    (await listProfiles()).map(async (profile) => {
      try {
        const stored = await readProfile(profile);
        return stored && { profile, ...stored };
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        terminal.note(error.message);
        return null;
      }
    }),
  );
  const list = found
    .filter((stored) => stored !== null)
    .map(({ profile, storage, session }) => ({
      profile,
      current: profile === current,
      email: session.user.email,
      organizationId: session.organizationId,
      sessionId: session.sessionId,
      signedInAt: new Date(session.signedInAt).toISOString(),
      workos: session.baseUrl,
      storage,
    }));
  if (list.length === 0) terminal.note('Nobody is signed in on this machine.');
  terminal.result(
    { sessions: list },
    list.length === 0
      ? []
      : table([
          ['PROFILE', 'WHO', 'ORGANIZATION', 'SESSION', 'SIGNED IN', 'WORKOS'],
          ...list.map((session) => [
            `${session.profile}${session.current ? ' *' : ''}`,
            session.email,
            session.organizationId ?? '-',
            session.sessionId,
            session.signedInAt.slice(0, 16).replace('T', ' '),
            session.workos,
          ]),
        ]),
  );
}
