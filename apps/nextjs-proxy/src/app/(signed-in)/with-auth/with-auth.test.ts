import { expect, test } from 'workos-mock/vitest';
import { inRequest } from '../../../../test/in-request';
import { requireMember } from './with-auth';

const ask = (cookies: Record<string, string>, organization: string, permission: string) =>
  inRequest('/with-auth', cookies, () => requireMember(organization, permission));

test('nextjs/with-auth: signed out, signed in, another organization, too small a role', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
  const linus = await workos.signIn({ email: 'linus@hey.test' });
  const answers = await Promise.all([
    // The page itself would redirect; here the proxy lets the request through, as it does for /api.
    inRequest('/api/x', {}, () => requireMember('org_acme', 'posts:read')),
    ask(ada.cookies, 'org_acme', 'posts:write'),
    ask(ada.cookies, 'org_globex', 'posts:read'),
    ask(grace.cookies, 'org_acme', 'posts:read'),
    ask(grace.cookies, 'org_acme', 'posts:write'),
    ask(linus.cookies, '', 'posts:read'),
  ]);
  expect(answers.map(({ result }) => result?.refusal?.status)).toEqual([
    401,
    undefined,
    403,
    undefined,
    403,
    403,
  ]);
  expect(answers[1]?.result?.member).toEqual({ id: 'user_ada', name: 'Ada' });
});
