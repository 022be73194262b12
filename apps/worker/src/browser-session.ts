// ask/idp-initiated — https://workos.com/docs/authkit/impersonation
import { Hono } from 'hono/tiny';
import { csrf } from 'hono/csrf';
import { ApiError } from './api-error';
import { finishSignIn, startSignIn } from './confidential-pkce';
import type { AppTypes } from './env';
import { describeSession, sessionPage } from './me';
import { page, wantsPage } from './page';
import { currentSession, signOutUrl, switchOrganization } from './sealed-session';
import { clearSessionCookie } from './session-cookie';

/** Forms are taken from this Worker's own pages alone. */
const ownForms = csrf();

/** The session of people with a browser. */
export const browserSession = new Hono<AppTypes>()
  .get('/login', async (c) => {
    const { returnTo, organizationId, login_hint: loginHint, screen } = c.req.query();
    const screenHint = screen === 'sign-up' ? 'sign-up' : undefined;
    return c.redirect(await startSignIn(c, { returnTo, organizationId, loginHint, screenHint }));
  })
  .get('/callback', async (c) => {
    // Impersonation and sign-ins that began at an identity provider arrive without state: begin here.
    if (c.req.query('code') && !c.req.query('state')) return c.redirect('/login');
    return c.redirect(await finishSignIn(c));
  })
  .post('/logout', ownForms, async (c) => {
    const home = new URL('/', c.req.url).href;
    // While WorkOS does not answer, the session ends in this browser at least.
    const session = await currentSession(c).catch(() => null);
    clearSessionCookie(c);
    return c.redirect(session ? await signOutUrl(c, session, home) : home, 303);
  })
  .get('/me', async (c) => {
    const session = await currentSession(c);
    if (session) {
      if (!wantsPage(c)) return c.json(describeSession(session));
      return c.html(page(c, `Signed in as ${session.user.email}`, sessionPage(session)));
    }
    const { pathname, search } = new URL(c.req.url);
    const returnTo = new URLSearchParams({ returnTo: pathname + search });
    if (wantsPage(c)) return c.redirect(`/login?${returnTo}`);
    throw new ApiError(401, 'unauthenticated', 'Sign in to see this.');
  })
  .post('/switch-organization', ownForms, async (c) => {
    const { organizationId } = await c.req.parseBody();
    if (typeof organizationId !== 'string' || !/^org_\w+$/.test(organizationId)) {
      throw new ApiError(422, 'invalid_organization', 'This takes the id of an organization.');
    }
    try {
      await switchOrganization(c, organizationId);
    } catch (error) {
      // The organization wants its own way of signing in: the hosted page knows which.
      const steps = ['sso_required', 'mfa_enrollment'];
      if (!(error instanceof ApiError) || !steps.includes(error.error)) throw error;
      return c.redirect(await startSignIn(c, { organizationId }), 303);
    }
    return c.redirect('/me', 303);
  });
