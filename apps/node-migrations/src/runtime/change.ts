import type { Change } from '../change.ts';
import * as v7 from './v7.ts';
import * as v8 from './v8.ts';
import * as v11 from './v11.ts';

const refused = ['sk_test_default', 'client_mock', 'nonsense'] as const;

export const runtime: Change = {
  id: 'migrate/runtime',
  before: ['Node.js 16 and 18', "import workos from '@workos-inc/node'", '@workos-inc/node/lib/…'],
  after: ['Node.js 22.11', "import { WorkOS } from '@workos-inc/node'", '@workos-inc/node/worker'],
  gone: 8,
  codemod: 'writes',
  what: 'Version 8 needs Node.js 20.15, versions 9 to 11 need 22.11. The package is an ES module first, with CommonJS beside it, so `import { WorkOS }` and `require("@workos-inc/node").WorkOS` both work. The default import, which was Node.js’ view of a CommonJS package, is gone. Paths under `lib/` are refused, as they were by 7.82 wherever `exports` is respected; what you took from there is exported by name, or was never meant for you.',
  run: {
    v7: ({ address }) => v7.isRefused(...refused, address),
    v8: ({ address }) => v8.isRefused(...refused, address),
    v11: ({ address }) => v11.isRefused(...refused, address),
  },
};
