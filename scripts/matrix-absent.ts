import type { Absence } from './matrix-table.ts';

/**
 * What fails on the versions that the document names, by app and pattern, each once seen to fail. `pnpm test:matrix` fails when
 * another number of tests does, or another file. “node” is @workos-inc/node.
 */

const RETRIES = 'calls are retried, and `maxRetries` says how often, from node 10.8 on';
const CODES = 'exceptions carry `code` from node 9.0 on; before, only `rawData.code`';
const RAW_BODY = '`constructEvent()` takes the text as it came from node 9.3.1 on';

export const ABSENT: Record<string, Record<string, Absence>> = {
  'pkce-cli': {
    'node/public-refresh': { tests: 3, types: ['src/fuzz.test.ts'], why: RETRIES },
    'node/public-client': { types: ['src/public-client.test.ts'], why: RETRIES },
  },
  worker: {
    'node/confidential-client': {
      tests: 2,
      why: `${RETRIES}; \`apiKeys.createValidation()\` from node 9.0`,
    },
    'node/confidential-pkce': { tests: 7, why: RETRIES },
    'node/mfa': {
      tests: 4,
      types: ['src/mfa.ts', 'src/mfa.test.ts', 'src/magic-auth.test.ts'],
      why: '`workos.multiFactorAuth` is `workos.mfa` before node 9.0',
    },
    'node/password-reset': { tests: 1, why: CODES },
    'node/sealed-session': {
      tests: 4,
      types: ['src/session-refresh.ts'],
      why: `\`session.refresh()\` answers \`retryable\` from node 10.9 on; ${CODES}`,
    },
    'ask/refresh-race': { tests: 1, why: RETRIES },
    'trap/html-5xx-signs-out': { tests: 1, why: RETRIES },
    'ask/api-keys': {
      tests: 4,
      types: ['src/validate-api-key.ts', 'src/validate-api-key.test.ts'],
      why: '`apiKeys.createValidation()` and `createOrganizationApiKey()` from node 9.0 on',
    },
    'node/vault': {
      types: ['src/vault.ts'],
      why: '`vault.listObjects({ search })` from node 10.0 on',
    },
    'node/webhooks': {
      tests: 3,
      types: ['src/webhooks.ts', 'src/webhooks.test.ts'],
      why: RAW_BODY,
    },
    'ask/webhook-body': { tests: 1, why: RAW_BODY },
  },
};
