import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { withAuth } from '@workos-inc/authkit-nextjs';
import { expect, test } from 'workos-mock/vitest';
import { inRequest } from './in-request';

test('ask/how-to-test: server code runs as behind the real proxy, with a real session', async ({
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const { result } = await inRequest('/account', ada.cookies, () =>
    withAuth({ ensureSignedIn: true }),
  );
  expect(result?.user.email).toBe('ada@acme.test');
});

test('ask/how-to-test: redirects and cookies are seen, errors come through', async () => {
  const outcome = await inRequest('/api/x', {}, async () => {
    (await cookies()).set('seen', 'yes');
    redirect('/elsewhere');
  });
  expect(outcome).toEqual({
    result: undefined,
    redirect: '/elsewhere',
    cookies: { seen: 'yes' },
    lines: ['seen=yes; Path=/'],
  });
  await expect(inRequest('/api/x', {}, () => Promise.reject(new Error('mine')))).rejects.toThrow(
    'mine',
  );
});
