import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { openAuthorizationRequest, takeCode } from '../authorization.ts';
import { approveDevice, findUndecided, openDeviceAuthorization } from '../device-authorizations.ts';
import type { HostedSignIn, User } from '../entities.ts';
import { type AppContext, type AppTypes, originOf } from '../environment.ts';
import { ErrorResponse, oauthError } from '../errors.ts';
import { randomString } from '../ids.ts';
import { confirmDevicePage, deviceDonePage, enterUserCodePage } from '../pages/device.ts';
import { errorPage } from '../pages/error.ts';
import { readBody } from '../request-body.ts';
import { activeMemberships } from '../sessions.ts';
import { sweep } from '../store.ts';

const SIGN_IN_COOKIE = 'authkit_device';
/** How long a sign-in on the device page lasts, in milliseconds. */
const SIGN_IN_LIFETIME = 10 * 60 * 1000;

/**
 * The device authorization flow (RFC 8628) that WorkOS calls CLI Auth: the endpoint that a device asks, and the page on
 * which a person lets it in. The device's polls go to `authenticate.ts`.
 *
 * @see https://workos.com/docs/authkit/cli-auth
 */
export const device = new Hono<AppTypes>()
  .post('/user_management/authorize/device', async (c) => {
    const { client_id: clientId } = await readBody(
      c,
      z.object({ client_id: z.string().optional() }),
    );
    if (clientId !== c.env.store.settings.clientId) {
      throw oauthError('invalid_client', 'Unknown client.');
    }
    const authorization = openDeviceAuthorization(c.env, clientId);
    const page = `${originOf(c)}/authkit/device`;
    return c.json({
      device_code: authorization.deviceCode,
      user_code: authorization.userCode,
      verification_uri: page,
      verification_uri_complete: `${page}?user_code=${authorization.userCode}`,
      expires_in: Math.round((authorization.expiresAt - c.env.clock.now()) / 1000),
      interval: authorization.interval,
    });
  })
  .get('/authkit/device', (c) => {
    const { env } = c;
    const userCode = c.req.query('user_code') ?? '';
    const loginHint = c.req.query('login_hint');
    if (loginHint && !env.options.interactive) return approveAtOnce(c, userCode, loginHint);
    const signIn = currentSignIn(c);
    if (!signIn) return signInFirst(c, userCode, loginHint);
    const { user } = signIn;
    if (!userCode) return c.html(enterUserCodePage({ user, userCode, error: null }));
    const authorization = findUndecided(env, userCode);
    if (!authorization) {
      const error = 'This code is not valid: it has expired, was used, or has a typing mistake.';
      return c.html(enterUserCodePage({ user, userCode, error }), 400);
    }
    const organization = signIn.organizationId
      ? env.store.organizations.get(signIn.organizationId)
      : undefined;
    return c.html(
      confirmDevicePage({ user, organization, userCode: authorization.userCode, token: signIn.id }),
    );
  })
  .get('/authkit/device/signed-in', async (c) => {
    const { env } = c;
    const userCode = c.req.query('state') ?? '';
    if (c.req.query('error')) {
      return c.html(deviceDonePage('Nothing was approved', 'The sign-in was cancelled.'));
    }
    const code = await takeCode(env, c.req.query('code') ?? '', undefined, true).catch(asNull);
    if (!code) {
      return c.html(errorPage('This sign-in cannot go on', 'Open the device page again.'), 400);
    }
    const now = env.clock.now();
    sweep(env.store.hostedSignIns, (signIn) => signIn.expiresAt <= now);
    const signIn: HostedSignIn = {
      id: randomString(26),
      userId: code.userId,
      organizationId: code.organizationId,
      method: code.method,
      expiresAt: now + SIGN_IN_LIFETIME,
    };
    env.store.hostedSignIns.set(signIn.id, signIn);
    setCookie(c, SIGN_IN_COOKIE, signIn.id, {
      path: '/authkit/device',
      httpOnly: true,
      sameSite: 'Lax',
    });
    return c.redirect(pageFor(userCode), 303);
  })
  .post('/authkit/device', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const signIn = currentSignIn(c);
    const userCode = form.get('user_code') ?? '';
    // The token of the page as well as the cookie: a page of another site cannot approve a device.
    if (!signIn || form.get('token') !== signIn.id) return c.redirect(pageFor(userCode), 303);
    const authorization = findUndecided(c.env, userCode);
    if (!authorization) return c.redirect(pageFor(userCode), 303);
    if (form.get('decision') !== 'approve') {
      authorization.decision = 'denied';
      return c.html(deviceDonePage('Denied', 'The device was not signed in.'));
    }
    const { userId, organizationId, method } = signIn;
    approveDevice(authorization, { userId, organizationId, method });
    return c.html(deviceDonePage('Approved', 'You can close this page and go back to the device.'));
  });

/** Who is signed in on the page; nobody, once they are deleted. */
function currentSignIn(c: AppContext): (HostedSignIn & { user: User }) | undefined {
  const { hostedSignIns, users } = c.env.store;
  const signIn = hostedSignIns.get(getCookie(c, SIGN_IN_COOKIE) ?? '');
  const user = users.get(signIn?.userId ?? '');
  return signIn && user && signIn.expiresAt > c.env.clock.now() ? { ...signIn, user } : undefined;
}

/** The ordinary hosted sign-in, which comes back to the device page. */
function signInFirst(c: AppContext, userCode: string, loginHint: string | undefined) {
  const request = openAuthorizationRequest(c.env, {
    client_id: c.env.store.settings.clientId,
    redirect_uri: `${originOf(c)}/authkit/device/signed-in`,
    response_type: 'code',
    state: userCode,
    login_hint: loginHint,
  });
  return c.redirect(`/authkit/sign-in?authorization_session_id=${request.id}`);
}

/** `login_hint` on the device page, for tests: the person approves without seeing a page. */
function approveAtOnce(c: Context<AppTypes>, userCode: string, loginHint: string) {
  const authorization = findUndecided(c.env, userCode);
  const user = c.env.store.users.find('email', loginHint.toLowerCase());
  if (!authorization || !user) {
    const message = user
      ? `The code ${userCode} is not valid.`
      : `No user has the e-mail address ${loginHint}.`;
    return c.html(errorPage('The device was not approved', message), 400);
  }
  approveDevice(authorization, {
    userId: user.id,
    organizationId: activeMemberships(c.env, user.id)[0]?.organizationId ?? null,
    method: 'Password',
  });
  return c.html(deviceDonePage('Approved', 'You can close this page and go back to the device.'));
}

function pageFor(userCode: string): string {
  return `/authkit/device${userCode ? `?user_code=${encodeURIComponent(userCode)}` : ''}`;
}

function asNull(error: unknown): null {
  if (error instanceof ErrorResponse) return null;
  throw error;
}
