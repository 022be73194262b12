import type { Context } from '../context.ts';

/** Prints a live access token and nothing else. */
export async function token({ terminal, session: open }: Context): Promise<void> {
  const { session, accessToken } = await open();
  const value = await accessToken();
  terminal.result({ accessToken: value, expiresAt: new Date(session.expiresAt).toISOString() }, [
    value,
  ]);
}
