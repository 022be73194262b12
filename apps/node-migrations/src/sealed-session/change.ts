import type { Change, Stage } from '../change.ts';
import * as v7 from './v7.ts';
import * as v8 from './v8.ts';
import * as v11 from './v11.ts';

const email = 'ada@acme.test';
export const cookiePassword = 'a-cookie-password-of-32-characters';

export const sealedSession: Change = {
  id: 'migrate/sealed-session',
  before: [
    'userManagement.refreshAndSealSessionData',
    'userManagement.getLogoutUrlFromSessionCookie',
    'RefreshAndSealSessionDataFailureReason',
  ],
  after: ['userManagement.loadSealedSession', 'session.refresh', 'session.getLogoutUrl'],
  gone: 8,
  codemod: 'writes',
  what: 'A sealed session is an object now: load it, then refresh it or ask for its sign-out URL. Ask for the cookie first: without one the old method answered, the new one throws a `TypeError`. Cookies stay readable in both directions, so an upgrade, and a way back, sign nobody out. From 10.9 on `refresh()` answers `retryable` where it used to throw: keep the cookie then. `loadSealedSession` is in version 7 too.',
  run: {
    v7: async (stage) => {
      const { userManagement } = stage.v7;
      const { sealedSession = '' } = await userManagement.authenticateWithPassword({
        clientId: 'client_mock',
        email,
        password: 'password',
        session: { sealSession: true, cookiePassword },
      });
      const refreshed = await v7.refreshCookie(stage.v7, sealedSession, cookiePassword);
      const url = new URL(await v7.signOutUrl(stage.v7, refreshed ?? '', cookiePassword));
      return {
        // Read by today's version, whichever sealed it: an upgrade signs nobody out.
        ...(await whoIs(stage, refreshed ?? '')),
        isNew: refreshed !== null && refreshed !== sealedSession,
        signsOutAt: url.pathname,
      };
    },
    v8: async (stage) => {
      const { userManagement } = stage.v8;
      const { sealedSession = '' } = await userManagement.authenticateWithPassword({
        email,
        password: 'password',
        session: { sealSession: true, cookiePassword },
      });
      const refreshed = await v8.refreshCookie(stage.v8, sealedSession, cookiePassword);
      const url = new URL(await v8.signOutUrl(stage.v8, refreshed ?? '', cookiePassword));
      return {
        // Read by today's version, whichever sealed it: an upgrade signs nobody out.
        ...(await whoIs(stage, refreshed ?? '')),
        isNew: refreshed !== null && refreshed !== sealedSession,
        signsOutAt: url.pathname,
      };
    },
    v11: async (stage) => {
      const { userManagement } = stage.v11;
      const { sealedSession = '' } = await userManagement.authenticateWithPassword({
        email,
        password: 'password',
        session: { sealSession: true, cookiePassword },
      });
      const refreshed = await v11.refreshCookie(stage.v11, sealedSession, cookiePassword);
      const url = new URL(await v11.signOutUrl(stage.v11, refreshed ?? '', cookiePassword));
      return {
        // Read by today's version, whichever sealed it: an upgrade signs nobody out.
        ...(await whoIs(stage, refreshed ?? '')),
        isNew: refreshed !== null && refreshed !== sealedSession,
        signsOutAt: url.pathname,
      };
    },
  },
};

async function whoIs(stage: Stage, sessionData: string) {
  const session = stage.v11.userManagement.loadSealedSession({ sessionData, cookiePassword });
  const found = await session.authenticate();
  return found.authenticated
    ? { user: found.user.id, organization: found.organizationId }
    : { reason: found.reason };
}
