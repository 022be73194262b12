// nextjs/save-session — https://github.com/workos/authkit-nextjs#advanced-custom-authentication-flows
'use server';

import { getWorkOS, saveSession } from '@workos-inc/authkit-nextjs';
import type { AuthenticationResponse } from '@workos-inc/node';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { NotInvited, requireInvitation } from '../callback/invite-guard';
import { requireStorableSession, SessionTooLarge } from '../callback/session-size';

/** Where a sign-in without the hosted page stands, and what to tell the person. */
export interface Step {
  step: 'start' | 'code' | 'verify' | 'organization' | 'hosted';
  email?: string;
  organizations?: { id: string; name: string }[];
  message?: string;
}

/** Holds the token of an unfinished sign-in: a secret, so it stays out of the page. */
const PENDING = 'pending-sign-in';

/** Signs in with a password, or sends a code by e-mail when the button says so. */
export async function start(previous: Step, form: FormData): Promise<Step> {
  const email = String(form.get('email'));
  const { userManagement } = getWorkOS();
  if (form.get('with') === 'code') {
    try {
      await userManagement.createMagicAuth({ email });
    } catch (error) {
      const message = delay(error);
      if (message) return { step: 'start', email, message };
    }
    // The answer is the same whether or not the address is known, so that nobody learns who is.
    return { step: 'code', email, message: 'If the address is right, a code is on its way.' };
  }
  const password = String(form.get('password'));
  return finish(() => userManagement.authenticateWithPassword({ email, password }), {
    step: 'start',
    email,
    message: 'E-mail address or password is wrong.',
  });
}

/** Signs in with the code of an e-mail. */
export async function enterCode(previous: Step, form: FormData): Promise<Step> {
  const { step, email = '' } = previous;
  const code = String(form.get('code'));
  const { userManagement } = getWorkOS();
  return finish(
    async () =>
      step === 'verify'
        ? userManagement.authenticateWithEmailVerification({
            code,
            pendingAuthenticationToken: await pendingToken(),
          })
        : userManagement.authenticateWithMagicAuth({ code, email }),
    { step, email, message: 'That code is wrong or too old.' },
  );
}

/** Finishes the sign-in of a person of several organizations. */
export async function chooseOrganization(previous: Step, form: FormData): Promise<Step> {
  const organizationId = String(form.get('organizationId'));
  return finish(
    async () =>
      getWorkOS().userManagement.authenticateWithOrganizationSelection({
        organizationId,
        pendingAuthenticationToken: await pendingToken(),
      }),
    { step: 'start', message: 'That took too long. Start again.' },
  );
}

/** Ends in a session, or in the next step that WorkOS asks for. */
async function finish(sign: () => Promise<AuthenticationResponse>, refused: Step): Promise<Step> {
  let response: AuthenticationResponse;
  try {
    response = await sign();
  } catch (error) {
    return nextStep(error, refused);
  }
  const { accessToken, refreshToken, user, impersonator, authenticationMethod } = response;
  // What is sealed goes into a cookie, so only what the SDK reads again: `oauthTokens` alone may burst it.
  const session = { accessToken, refreshToken, user, impersonator, authenticationMethod };
  const store = await cookies();
  store.delete(PENDING);
  try {
    // What the callback asks of a session holds here too: this page is another way in.
    await requireInvitation(user);
    await saveSession(session, process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI ?? '');
    await requireStorableSession();
  } catch (error) {
    store.delete(process.env.WORKOS_COOKIE_NAME || 'wos-session');
    if (error instanceof NotInvited) {
      return { step: 'start', message: 'No organization has invited this account.' };
    }
    if (error instanceof SessionTooLarge) {
      return { step: 'start', message: 'This account has too many permissions for a browser.' };
    }
    throw error;
  }
  redirect('/account');
}

async function nextStep(error: unknown, refused: Step): Promise<Step> {
  const { status, rawData, code = rawData?.code } = Object(error) as Refusal;
  const token = rawData?.pending_authentication_token;
  if (token) {
    const options = { httpOnly: true, sameSite: 'strict', maxAge: 600 } as const;
    (await cookies()).set(PENDING, token, { ...options, secure: isHttps() });
  }
  const { email = rawData?.email } = refused;
  if (code === 'email_verification_required') {
    return { step: 'verify', email, message: 'A code to verify the address is on its way.' };
  }
  if (code === 'organization_selection_required') {
    return { step: 'organization', email, organizations: rawData?.organizations };
  }
  // The password was right: a second factor, single sign-on or a challenge is asked for, which this form does not have.
  if (status === 403 || code === 'sso_required') {
    return { step: 'hosted', email, message: 'This account needs one more step to sign in.' };
  }
  return { ...refused, message: delay(error) ?? refused.message };
}

/** What to tell a person who can only wait; undefined when WorkOS has said no. */
function delay(error: unknown): string | undefined {
  const { status = 500 } = Object(error) as { status?: number };
  if (status === 429) return 'Too many tries. Wait a minute.';
  return status >= 500 ? 'Sign-in is unavailable. Try again.' : undefined;
}

interface Refusal {
  status?: number;
  /** From either of WorkOS' two shapes of errors, where the SDK has read it. */
  code?: string;
  rawData?: {
    code?: string;
    email?: string;
    organizations?: { id: string; name: string }[];
    pending_authentication_token?: string;
  };
}

async function pendingToken(): Promise<string> {
  return (await cookies()).get(PENDING)?.value ?? '';
}

function isHttps(): boolean {
  return process.env.NEXT_PUBLIC_WORKOS_REDIRECT_URI?.startsWith('https:') ?? true;
}
