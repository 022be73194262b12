// nextjs/custom-state — https://github.com/workos/authkit-nextjs#passing-custom-state-through-authentication
import { cookies } from 'next/headers';
import { z } from 'zod';

/** What a sign-in of this app may carry from its start to its end. */
const schema = z.object({
  plan: z.enum(['free', 'team']).optional().catch(undefined),
  referrer: z.string().max(100).optional().catch(undefined),
  /** The name of an organization to make for a new person. */
  newOrganization: z.string().trim().min(1).max(60).optional().catch(undefined),
});

export type CustomState = z.output<typeof schema>;

/** Where the state of the last sign-in is kept, for the page that shows it. */
const COOKIE = 'arrived-with';

/** Writes state for `getSignInUrl({ state })`, which seals it: nobody can read or change it on its way. */
export function writeState(state: unknown): string {
  return JSON.stringify(schema.parse(state));
}

/**
 * Reads what `onSuccess` is given. The seal says that this app wrote it, not that this version of the app did, nor that a
 * query did not put it there: it is checked again, and what cannot be read is no state, never a failed sign-in.
 */
export function readState(state: string | undefined): CustomState {
  try {
    return schema.catch({}).parse(JSON.parse(state ?? '{}'));
  } catch {
    return {};
  }
}

/** Keeps the state for the page. A route handler may set cookies, and `onSuccess` runs in one. */
export async function rememberState(state: CustomState): Promise<void> {
  const options = { httpOnly: true, sameSite: 'lax', maxAge: 600, path: '/custom-state' } as const;
  (await cookies()).set(COOKIE, JSON.stringify(state), options);
}

/** The state that the last sign-in in this browser came with. */
export async function lastState(): Promise<CustomState> {
  return readState((await cookies()).get(COOKIE)?.value);
}
