import { expectTypeOf, test } from 'vitest';
import type { DirectoryUser as DirectoryUser8 } from 'workos-node-8';
import type { DirectoryUser as DirectoryUser11, WorkOS } from 'workos-node-11';

declare const v8: DirectoryUser8;
declare const v11: DirectoryUser11;
declare const workos: WorkOS;

test('migrate/directory-sync: the fields do not compile, and a typed attribute finds a wrong name', async () => {
  // @ts-expect-error: email
  void v8.emails;
  // @ts-expect-error: customAttributes.username
  void v11.username;
  // @ts-expect-error: customAttributes.job_title
  void v11.jobTitle;
  const user = await workos.directorySync.getUser<{ job_title?: string }>('');
  // @ts-expect-error: job_title. Without the type this compiles, and is undefined.
  void user.customAttributes.jobTitle;
  void v11.customAttributes.jobTitle;
  // @ts-expect-error: exported no more
  void (await import('workos-node-8')).getPrimaryEmail;
  expectTypeOf(v11.email).toEqualTypeOf<string | null>();
});
