import type { Change, Stage } from '../change.ts';
import * as v7 from './v7.ts';
import * as v8 from './v8.ts';
import * as v11 from './v11.ts';

const email = 'ada@acme.test';

/** The same from here on in every version: the token of the link is good for a new password. */
async function choosePassword(stage: Stage): Promise<string> {
  const token = await stage.lastEmailed(email);
  const { userManagement } = stage.v11;
  await userManagement.resetPassword({ token, newPassword: 'a-new-password' });
  const password = 'a-new-password';
  const { user } = await userManagement.authenticateWithPassword({ email, password });
  return user.id;
}

export const passwordReset: Change = {
  id: 'migrate/password-reset',
  before: ['userManagement.sendPasswordResetEmail'],
  after: ['userManagement.createPasswordReset'],
  gone: 8,
  codemod: 'reports',
  what: 'The endpoint is another, `passwordResetUrl` is no longer an argument (the page is set in the dashboard, under Redirects), and the answer holds the token and the link, where the old one answered nothing: never return it to the browser. The codemod leaves it to you, because the address must be moved by hand. `createPasswordReset` is in version 7 too.',
  run: {
    v7: async (stage) => {
      await v7.sendResetLink(stage.v7, email);
      return choosePassword(stage);
    },
    v8: async (stage) => {
      await v8.sendResetLink(stage.v8, email);
      return choosePassword(stage);
    },
    v11: async (stage) => {
      await v11.sendResetLink(stage.v11, email);
      return choosePassword(stage);
    },
  },
};
