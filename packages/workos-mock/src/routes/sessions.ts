import { Hono } from 'hono';
import { z } from 'zod';
import type { AppTypes } from '../environment.ts';
import { ErrorResponse, invalidRequest, notFound } from '../errors.ts';
import { errorPage } from '../pages/error.ts';
import { listPage } from '../pagination.ts';
import { isAllowedUri } from '../redirect-uris.ts';
import { readBody } from '../request-body.ts';
import { sessionResponse } from '../responses.ts';
import { allowCors, clearSessionCookies } from '../session-cookies.ts';
import { endSession } from '../sessions.ts';

/** Sessions: ended by the browser that goes to the logout URL, or by the API. */
export const sessions = new Hono<AppTypes>()
  .get('/user_management/sessions/logout', (c) => {
    const { store } = c.env;
    const { session_id: sessionId, return_to: returnTo } = c.req.query();
    allowCors(c);
    if (!sessionId) {
      const message = 'session_id is required';
      throw invalidRequest([{ field: 'session_id', code: 'session_id_required', message }]);
    }
    const session = store.sessions.get(sessionId);
    if (session) endSession(c.env, session);
    clearSessionCookies(c);
    const { logoutUris } = store.settings;
    if (returnTo) {
      if (isAllowedUri(returnTo, logoutUris)) return c.redirect(returnTo);
      const message = `You are signed out, but "${returnTo}" is not on this environment’s list of sign-out redirects. Add it to logoutUris in the seed, as you would on the Redirects page of the dashboard.`;
      return c.html(errorPage('Invalid sign-out redirect', message), 400);
    }
    const home = logoutUris.find((uri) => !uri.includes('*'));
    if (home) return c.redirect(home);
    const message =
      'You are signed out, but this environment has no sign-out redirect and no app homepage URL. Add one to logoutUris in the seed, as you would on the Redirects page of the dashboard.';
    return c.html(errorPage('App homepage URL not found', message), 400);
  })
  .post('/user_management/sessions/revoke', async (c) => {
    const body = await readBody(c, z.object({ session_id: z.string() }));
    const session = c.env.store.sessions.get(body.session_id);
    // The document knows no 404 here.
    if (!session)
      throw new ErrorResponse(400, { message: `Invalid session ID: '${body.session_id}'.` });
    endSession(c.env, session);
    return c.json(sessionResponse(session, c.env.clock.now()));
  })
  .get('/user_management/users/:id/sessions', (c) => {
    const { store, clock } = c.env;
    const id = c.req.param('id');
    if (!store.users.get(id)) throw notFound('User', id);
    return listPage(c, store.sessions.where('userId', id), store.sessions, (session) =>
      sessionResponse(session, clock.now()),
    );
  });
