import { getWorkOS } from '@workos-inc/authkit-nextjs';
import { expect, test } from 'workos-mock/vitest';
import { inRequest } from '../../../../test/in-request';
import { withoutWaits } from '../../../../test/no-answer';
import { organizationsOf } from './get-workos';
import { inviteMember } from './invite-member';

function invite(cookies: Record<string, string>, email: string) {
  const form = new FormData();
  form.set('email', email);
  return inRequest('/get-workos', cookies, () => inviteMember('', form));
}

test('nextjs/get-workos: the organizations of a person', async () => {
  expect(await organizationsOf('user_grace')).toEqual([
    { id: 'org_acme', name: 'Acme' },
    { id: 'org_globex', name: 'Globex' },
  ]);
  expect(await organizationsOf('user_linus')).toEqual([]);
});

test('nextjs/get-workos: who may invite, whom, and how often', async ({ workos }) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const grace = await workos.signIn({ email: 'grace@acme.test', organization: 'Acme' });
  const linus = await workos.signIn({ email: 'linus@hey.test' });
  expect((await invite(grace.cookies, 'new@example.test')).result).toBe(
    'Your role may not invite people.',
  );
  expect((await invite(linus.cookies, 'new@example.test')).result).toBe(
    'Sign in to an organization first.',
  );
  expect((await invite(ada.cookies, 'nobody')).result).toBe('That is not an e-mail address.');
  expect((await invite(ada.cookies, 'new@example.test')).result).toBe('Invited new@example.test.');
  expect((await invite(ada.cookies, 'new@example.test')).result).toBe(
    'They have been invited already.',
  );
  expect((await invite(ada.cookies, 'grace@acme.test')).result).toBe('They are a member already.');
});

// Once, and the SDK asks again; or as often as it asks.
test.for([
  [1, 'Invited new@example.test.'],
  [4, 'The invitation could not be sent. Try again in a moment.'],
] as const)(
  'nextjs/get-workos: an answer that is lost %i× invites once, and trying again says so [fault/server-api]',
  async ([times, told], { workos }) => {
    withoutWaits();
    const ada = await workos.signIn({ email: 'ada@acme.test' });
    await workos.dropNext('POST /user_management/invitations', { after: true }, { times });
    expect((await invite(ada.cookies, 'new@example.test')).result).toBe(told);
    expect((await invite(ada.cookies, 'new@example.test')).result).toBe(
      'They have been invited already.',
    );
    const { data } = await getWorkOS().userManagement.listInvitations({
      email: 'new@example.test',
    });
    expect(data).toHaveLength(1);
  },
);
