import { expect, test } from 'workos-mock/vitest';
import { createStage, runChange } from '../run-change.ts';
import { cookiePassword, sealedSession } from './change.ts';
import * as v7 from './v7.ts';
import * as v11 from './v11.ts';

const grant = 'POST /user_management/authenticate';

test('migrate/sealed-session: the cookie is refreshed and today’s version reads it, whichever sealed it', async ({
  workos,
}) => {
  const outcomes = await runChange(sealedSession, workos);
  for (const { result } of outcomes) {
    expect(result).toEqual({
      user: 'user_ada',
      organization: 'org_acme',
      isNew: true,
      signsOutAt: '/user_management/sessions/logout',
    });
  }
  expect(outcomes.map(({ wire }) => wire[1]?.replace('{client_id, client_secret, ', '{'))).toEqual(
    Array.from({ length: 3 }, () => `${grant} {grant_type, organization_id, refresh_token}`),
  );
});

test('migrate/sealed-session: version 7 reads what version 11 sealed, so that a way back signs nobody out', async ({
  workos,
}) => {
  const stage = createStage(workos);
  const signedIn = await stage.v11.userManagement.authenticateWithPassword({
    email: 'ada@acme.test',
    password: 'password',
    session: { sealSession: true, cookiePassword },
  });
  const back = await v7.refreshCookie(stage.v7, signedIn.sealedSession ?? '', cookiePassword);
  expect(back).toMatch(/^Fe26\.2\*/);
});

test('migrate/sealed-session: an ended session is null; a WorkOS that is down is an error, and the cookie is kept', async ({
  workos,
}) => {
  const stage = createStage(workos);
  const { sessionId, cookies } = await workos.signIn({ email: 'ada@acme.test', cookiePassword });
  const cookie = cookies['wos-session'] ?? '';
  await workos.failNext(grant, { status: 503 }, { times: 4 });
  await expect(v11.refreshCookie(stage.v11, cookie, cookiePassword)).rejects.toThrow();
  expect(await v11.refreshCookie(stage.v11, cookie, cookiePassword)).not.toBeNull();
  await workos.revokeSession(sessionId);
  expect(await v7.refreshCookie(stage.v7, cookie, cookiePassword)).toBeNull();
  expect(await v11.refreshCookie(stage.v11, cookie, cookiePassword)).toBeNull();
}, 30_000);

test('migrate/sealed-session: without a cookie version 7 answers, the others throw', async ({
  workos,
}) => {
  const stage = createStage(workos);
  // What a first visit brings, in code that does not ask first.
  const nothing = JSON.parse('{}') as { cookie: string };
  expect(await v7.refreshCookie(stage.v7, nothing.cookie, cookiePassword)).toBeNull();
  const refresh = v11.refreshCookie(stage.v11, nothing.cookie, cookiePassword);
  await expect(refresh).rejects.toThrow(TypeError);
});

test('migrate/sealed-session: the old names are gone, the new one was there before', async ({
  workos,
}) => {
  const { v7, v8, v11 } = createStage(workos);
  for (const name of ['refreshAndSealSessionData', 'getLogoutUrlFromSessionCookie']) {
    expect(name in v7.userManagement).toBe(true);
    expect(name in v8.userManagement).toBe(false);
    expect(name in v11.userManagement).toBe(false);
  }
  expect('loadSealedSession' in v7.userManagement).toBe(true);
});
