import { env } from 'cloudflare:workers';
import { expect, test } from '../test/workos';
import { workosFor } from './workos';

test('node/directory-sync: what the directory says about people, under the names that the API sends', async ({
  worker,
  workos,
}) => {
  const ada = await workos.signIn({ email: 'ada@acme.test' });
  const response = await worker('/api/colleagues', { headers: ada.headers });
  expect(await response.json()).toEqual({
    colleagues: [
      {
        id: 'directory_user_grace',
        email: 'grace@acme.test',
        name: 'Grace Hopper',
        jobTitle: 'Compiler Engineer',
        department: 'Engineering',
        groups: ['Engineering'],
      },
      {
        id: 'directory_user_ada',
        email: 'ada@acme.test',
        name: 'Ada Lovelace',
        jobTitle: 'Analyst',
        department: 'Engineering',
        groups: ['Engineering', 'Management'],
      },
    ],
  });
});

test('node/directory-sync: another organization’s directory is not shown', async ({
  worker,
  workos,
}) => {
  const globex = await workos.signIn({ email: 'grace@acme.test', organization: 'Globex' });
  const response = await worker('/api/colleagues', { headers: globex.headers });
  expect(await response.json()).toEqual({ colleagues: [] });
});

test('node/directory-sync: the attribute keeps its name; in camel case it compiles and is undefined', async () => {
  const { directorySync } = await workosFor(env);
  const user = await directorySync.getUser<{ jobTitle?: string; job_title?: string }>(
    'directory_user_ada',
  );
  expect(user.customAttributes.job_title).toBe('Analyst');
  expect(user.customAttributes.jobTitle).toBeUndefined();
  for (const removed of ['jobTitle', 'emails', 'username']) expect(removed in user).toBe(false);
});
