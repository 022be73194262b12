import type { Change } from '../change.ts';
import * as v7 from './v7.ts';
import * as v8 from './v8.ts';
import * as v11 from './v11.ts';

const email = 'ada@acme.test';

export const magicAuth: Change = {
  id: 'migrate/magic-auth',
  before: ['userManagement.sendMagicAuthCode'],
  after: ['userManagement.createMagicAuth'],
  gone: 8,
  codemod: 'writes',
  what: 'The endpoint is another, and its answer holds the code, where the old one answered nothing: a handler that returns it hands the browser the way in. WorkOS sends the e-mail as long as its default e-mails are on; the new answer is for those who send their own. `createMagicAuth` is in version 7 too, so the change can go out before the upgrade.',
  run: {
    v7: async (stage) => {
      await v7.sendCode(stage.v7, email);
      const code = await stage.lastEmailed(email);
      const { user } = await stage.v7.userManagement.authenticateWithMagicAuth({
        clientId: 'client_mock',
        email,
        code,
      });
      return user.id;
    },
    v8: async (stage) => {
      await v8.sendCode(stage.v8, email);
      const code = await stage.lastEmailed(email);
      const { user } = await stage.v8.userManagement.authenticateWithMagicAuth({ email, code });
      return user.id;
    },
    v11: async (stage) => {
      await v11.sendCode(stage.v11, email);
      const code = await stage.lastEmailed(email);
      const { user } = await stage.v11.userManagement.authenticateWithMagicAuth({ email, code });
      return user.id;
    },
  },
};
