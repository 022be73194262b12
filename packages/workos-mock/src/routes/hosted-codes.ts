import { Hono } from 'hono';
import { createFactor, shownTotpCode, totpPicture, verifyChallenge } from '../auth-factors.ts';
import { latestSecret, useCode } from '../emailed-secrets.ts';
import type { AuthorizationRequest, User } from '../entities.ts';
import type { AppContext, AppTypes } from '../environment.ts';
import {
  askForCode,
  chooseOrganization,
  DeadEnd,
  describe,
  openRequest,
  personAt,
  proceed,
  readForm,
} from '../hosted-sign-in.ts';
import { emailedCodePage, mfaChallengePage, mfaEnrollmentPage } from '../pages/codes.ts';
import { findTotpStep } from '../totp.ts';
import { markVerified } from '../users.ts';

/** The steps of a hosted sign-in that ask for a code: out of an e-mail, or of an authenticator app. */
export const hostedCodes = new Hono<AppTypes>()
  .get('/authkit/magic-auth-code', (c) => emailedCode(c, 'magic-auth-code'))
  .post('/authkit/magic-auth-code', (c) => takeEmailedCode(c, 'magic-auth-code'))
  .get('/authkit/email-verification', (c) => emailedCode(c, 'email-verification'))
  .post('/authkit/email-verification', (c) => takeEmailedCode(c, 'email-verification'))
  .get('/authkit/mfa-enrollment', async (c) => {
    const request = openRequest(c, c.req.query('authorization_session_id'));
    const user = personAt(c.env, request, 'mfa-enrollment');
    return c.html(await mfaEnrollment(c, request, user, null));
  })
  .post('/authkit/mfa-enrollment', async (c) => {
    const { env } = c;
    const { request, form } = await readForm(c);
    const user = personAt(env, request, 'mfa-enrollment');
    const secret = request.totpSecret!;
    const step = await findTotpStep(secret, form.code ?? '', env.clock.now(), 0);
    if (step === null) {
      return c.html(await mfaEnrollment(c, request, user, 'The code is incorrect.'), 400);
    }
    const totp = { issuer: 'WorkOS', user: user.email, secret };
    const factor = createFactor(env, { userId: user.id, type: 'totp', totp, sms: null });
    env.store.authFactors.update(factor, { lastStep: step });
    return chooseOrganization(c, request, user);
  })
  .get('/authkit/mfa-challenge', async (c) => {
    const request = openRequest(c, c.req.query('authorization_session_id'));
    const user = personAt(c.env, request, 'mfa-challenge');
    return c.html(await mfaChallenge(c, request, user, null));
  })
  .post('/authkit/mfa-challenge', async (c) => {
    const { request, form } = await readForm(c);
    const user = personAt(c.env, request, 'mfa-challenge');
    const challenge = c.env.store.authChallenges.get(request.challengeId!);
    if (!challenge) throw new DeadEnd('The challenge is over. Start again from the app.');
    try {
      const isRight = await verifyChallenge(c.env, challenge, form.code ?? '');
      if (isRight) return chooseOrganization(c, request, user);
    } catch (error) {
      return c.html(await mfaChallenge(c, request, user, describe(error)), 400);
    }
    return c.html(await mfaChallenge(c, request, user, 'The code is incorrect.'), 400);
  });

type EmailedStep = 'magic-auth-code' | 'email-verification';

function emailedCode(c: AppContext, step: EmailedStep) {
  const request = openRequest(c, c.req.query('authorization_session_id'));
  return c.html(emailedCodeOf(c, request, personAt(c.env, request, step), null));
}

function emailedCodeOf(
  c: AppContext,
  request: AuthorizationRequest,
  user: User,
  error: string | null,
) {
  const kind = request.step === 'magic-auth-code' ? 'magic_auth' : 'email_verification';
  const code = latestSecret(c.env, kind, user.id)?.secret ?? '';
  return emailedCodePage({ request, email: user.email, code, error });
}

async function takeEmailedCode(c: AppContext, step: EmailedStep) {
  const { env } = c;
  const { request, form } = await readForm(c);
  const user = personAt(env, request, step);
  if (form.again) return askForCode(c, request, user, step);
  const kind = step === 'magic-auth-code' ? 'magic_auth' : 'email_verification';
  try {
    useCode(env, latestSecret(env, kind, user.id), form.code ?? '', {
      incorrect: 'incorrect',
      used: 'used',
      expired: 'expired',
      tooMany: 'too_many',
    });
  } catch (error) {
    return c.html(emailedCodeOf(c, request, user, describe(error)), 400);
  }
  markVerified(env, user);
  return proceed(c, request, user, request.method);
}

async function mfaEnrollment(
  c: AppContext,
  request: AuthorizationRequest,
  user: User,
  error: string | null,
) {
  const secret = request.totpSecret!;
  const { qr_code: picture } = totpPicture({ issuer: 'WorkOS', user: user.email, secret });
  const shown = await shownTotpCode(c.env, secret);
  return mfaEnrollmentPage({ request, secret, picture, shown, error });
}

async function mfaChallenge(
  c: AppContext,
  request: AuthorizationRequest,
  user: User,
  error: string | null,
) {
  const { authChallenges, authFactors } = c.env.store;
  const factor = authFactors.get(authChallenges.get(request.challengeId!)?.factorId ?? '');
  const shown = factor?.totp ? await shownTotpCode(c.env, factor.totp.secret, factor.lastStep) : '';
  return mfaChallengePage({ request, email: user.email, shown, error });
}
