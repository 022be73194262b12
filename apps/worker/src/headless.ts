import { Hono } from 'hono/tiny';
import { csrf } from 'hono/csrf';
import { ApiError } from './api-error';
import type { AppContext, AppTypes } from './env';
import { handleEvent } from './handle-event';
import { sendMagicAuthCode, signInWithMagicAuth } from './magic-auth';
import { challengeTotp, enrollTotp, signInWithTotp, verifyTotp } from './mfa';
import { signInToOrganization } from './organization-selection';
import { resetPassword, sendPasswordReset } from './password-reset';
import { readFields } from './read-fields';
import { currentSession } from './sealed-session';
import { answerSignIn } from './sign-in-steps';
import { finishSso, ssoSelector, startSso } from './sso-authorization-url';
import { takeWebhook } from './webhooks';

/** What sets or reads cookies is taken from this Worker's own pages alone. */
const own = csrf();

/** Signing in with pages of one's own instead of the hosted ones, and what WorkOS itself calls. */
export const headless = new Hono<AppTypes>()
  .get('/sso/login', async (c) => {
    const query = c.req.query();
    return c.redirect(await startSso(c, ssoSelector(query), query.login_hint));
  })
  .get('/sso/callback', async (c) => c.json({ profile: await finishSso(c) }))
  .post('/magic-auth', own, async (c) => {
    const { email } = await readFields(c, 'email');
    await sendMagicAuthCode(c, email);
    return c.body(null, 202);
  })
  .post('/magic-auth/verify', own, async (c) => {
    const { email, code } = await readFields(c, 'email', 'code');
    return answerSignIn(c, signInWithMagicAuth(c, email, code));
  })
  .post('/mfa/sign-in', own, async (c) => {
    const { code } = await readFields(c, 'code');
    return answerSignIn(c, signInWithTotp(c, code));
  })
  .post('/organization/sign-in', own, async (c) => {
    const { organizationId } = await readFields(c, 'organizationId');
    return answerSignIn(c, signInToOrganization(c, organizationId), organizationId);
  })
  .post('/mfa/enroll', own, async (c) => c.json(await enrollTotp(c, await signedIn(c)), 201))
  .post('/mfa/challenge', own, async (c) => {
    await challengeTotp(c, (await signedIn(c)).user.id);
    return c.body(null, 204);
  })
  .post('/mfa/verify', own, async (c) => {
    const { code } = await readFields(c, 'code');
    await verifyTotp(c, (await signedIn(c)).user.id, code);
    return c.body(null, 204);
  })
  .post('/password-reset', own, async (c) => {
    const { email } = await readFields(c, 'email');
    c.executionCtx.waitUntil(sendPasswordReset(c.env, email));
    return c.body(null, 202);
  })
  .post('/password-reset/confirm', own, async (c) => {
    const { token, newPassword } = await readFields(c, 'token', 'newPassword');
    await resetPassword(c.env, token, newPassword);
    return c.body(null, 204);
  })
  .post('/webhooks', async (c) => {
    const isNew = await takeWebhook(c, (event) => handleEvent(event, c.env));
    return c.json({ handled: isNew });
  });

async function signedIn(c: AppContext) {
  const session = await currentSession(c);
  if (session) return session;
  throw new ApiError(401, 'unauthenticated', 'Sign in to do this.');
}
