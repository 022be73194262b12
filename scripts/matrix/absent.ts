import type { Absence } from './table.ts';

/**
 * What fails on the baseline, by app and pattern, each once seen to fail. `pnpm test:matrix` fails when
 * another number of tests does, or another file. “node” is @workos-inc/node.
 */

const RETRIES = 'calls are retried, and `maxRetries` says how often, from node 10.8 on';
const CODES = 'exceptions carry `code` from node 9.0 on; before, only `rawData.code`';
const RAW_BODY = '`constructEvent()` takes the text as it came from node 9.3.1 on';
const API_KEYS =
  '`apiKeys.createValidation()` and `apiKeys.createOrganizationApiKey()` from node 9.0 on';
const CALLBACK_ERROR = '`CallbackError` from authkit-nextjs 4.3.0 on';
const SHORT_OUTAGE =
  'a refresh that fails for a moment is tried again from node 10.8 on, and keeps the session from authkit-nextjs 4.3.1 on';
const TWO_VERIFIERS =
  'authkit-nextjs 3 begins a sign-in on public pages too, so that a sign-in route leaves two cookies at once';
const HALF_ANSWER =
  'node 8 reads half an answer twice and fails with a TypeError; a `ParseError` with 10.8';
const BUFFER = '`refreshBufferSeconds` from authkit-nextjs 4.3.0 on';

export const ABSENT: Record<string, Record<string, Absence>> = {
  'nextjs-composable': {
    'nextjs/session-refresh-callbacks': {
      tests: 2,
      types: ['src/session-refresh-callbacks.ts'],
      build: true,
      why: '`onSessionRefreshError({ isTransient })` from authkit-nextjs 4.3.1 on',
    },
    'nextjs/handle-auth': { tests: 1, why: HALF_ANSWER },
    'nextjs/dynamic-redirect-uri': { tests: 3, why: `${HALF_ANSWER}; ${RETRIES}` },
    'trap/html-5xx-signs-out': { tests: 8, why: SHORT_OUTAGE },
    'ask/refresh-race': { tests: 1, why: SHORT_OUTAGE },
    'trap/api-down-blocks': { tests: 5, why: SHORT_OUTAGE },
    'ask/cookie-budget': { tests: 1, why: TWO_VERIFIERS },
  },
  'nextjs-proxy': {
    'nextjs/handle-auth': {
      tests: 22,
      types: ['src/app/callback/sign-in-failure.ts'],
      why: CALLBACK_ERROR,
    },
    'ask/docker-host': { tests: 1, why: CALLBACK_ERROR },
    'ask/idp-initiated': { tests: 1, why: CALLBACK_ERROR },
    'ask/invite-guard': {
      tests: 6,
      why: `${CALLBACK_ERROR}; \`maxAge\` of \`getSignInUrl()\` from 4.2.0 on`,
    },
    'trap/cookie-too-large': { tests: 1, why: CALLBACK_ERROR },
    'nextjs/create-organization-on-sign-up': { tests: 1, why: CALLBACK_ERROR },
    'nextjs/proactive-refresh': { tests: 2, types: ['src/proxy-options.ts'], why: BUFFER },
    'trap/short-tokens': { tests: 1, why: BUFFER },
    'nextjs/authkit-proxy': { tests: 6, why: SHORT_OUTAGE },
    'trap/html-5xx-signs-out': { tests: 1, why: SHORT_OUTAGE },
    'nextjs/recent-auth': {
      tests: 2,
      types: [
        'src/app/(signed-in)/recent-auth/delete-button.tsx',
        'src/app/(signed-in)/recent-auth/recent-auth.ts',
        'src/app/(signed-in)/recent-auth/sign-in/route.ts',
      ],
      build: true,
      why: '`checkRecentAuth()`, `useRecentAuth()` and `maxAge` from authkit-nextjs 4.2.0 on',
    },
    'nextjs/feature-flags': {
      tests: 1,
      types: [
        'src/app/(signed-in)/feature-flags/feature-flags.ts',
        'src/app/(signed-in)/feature-flags/feature-flags.test.ts',
      ],
      why: '`getFeatureFlagsRuntimeClient()` from authkit-nextjs 4.1.0 on',
    },
    'nextjs/refresh-session': {
      tests: 2,
      types: ['src/app/(signed-in)/refresh-session/passes.ts'],
      why: `\`TokenRefreshError.isTransient\` from authkit-nextjs 4.3.1 on; ${CODES}`,
    },
    'trap/switch-organization-redirect': {
      tests: 1,
      why: 'with node before 9.0 the SDK finds the code, and redirects',
    },
    'nextjs/own-organization-picker': {
      tests: 1,
      why: '`TokenRefreshError.isTransient` from authkit-nextjs 4.3.1 on',
    },
    'nextjs/save-session': {
      tests: 13,
      why: '`userManagement` reads `WORKOS_CLIENT_ID` from node 10.14 on; before, each call must name `clientId`',
    },
    'nextjs/get-workos': { tests: 3, why: `${CODES}; ${RETRIES}` },
    'nextjs/validate-api-key': {
      tests: 3,
      types: [
        'src/app/api/validate-api-key/validate-api-key.ts',
        'src/app/api/validate-api-key/validate-api-key.test.ts',
      ],
      why: `${API_KEYS}; a key may belong to a person`,
    },
    'ask/api-keys': { tests: 1, why: API_KEYS },
    'ask/cookie-budget': { tests: 2, why: TWO_VERIFIERS },
    'ask/webhook-body': { tests: 2, types: ['src/app/api/webhook/route.ts'], why: RAW_BODY },
  },
  'pkce-cli': {
    'node/public-refresh': { tests: 5, types: ['src/fuzz.test.ts'], why: RETRIES },
    'node/public-client': {
      types: ['src/public-client.ts', 'src/public-client.test.ts'],
      why: RETRIES,
    },
  },
  worker: {
    'node/confidential-client': {
      tests: 2,
      why: `${RETRIES}; \`apiKeys.createValidation()\` from node 9.0`,
    },
    'node/confidential-pkce': { tests: 7, why: RETRIES },
    'node/magic-auth': {
      tests: 4,
      types: ['src/workos.ts', 'src/sign-in-steps.ts'],
      why: '`AuthenticationException` from node 9.0 on',
    },
    'node/mfa': {
      tests: 11,
      types: ['src/mfa.ts', 'src/mfa.test.ts', 'src/magic-auth.test.ts'],
      why: '`workos.multiFactorAuth` is `workos.mfa` before node 9.0',
    },
    'node/password-reset': { tests: 1, why: CODES },
    'node/sealed-session': {
      tests: 6,
      types: ['src/session-refresh.ts'],
      why: `\`session.refresh()\` answers \`retryable\` from node 10.9 on; ${CODES}; the issuer of a token is not checked on 8.10`,
    },
    'ask/refresh-race': { tests: 1, why: RETRIES },
    'trap/html-5xx-signs-out': { tests: 1, why: RETRIES },
    'ask/api-keys': {
      tests: 5,
      types: [
        'src/validate-api-key.ts',
        'src/validate-api-key.test.ts',
        'src/organization.test.ts',
      ],
      why: API_KEYS,
    },
    'node/vault': {
      tests: 1,
      types: ['src/vault.ts'],
      why: `\`vault.listObjects({ search })\` from node 10.0 on; ${RETRIES}`,
    },
    'node/webhooks': {
      tests: 4,
      types: ['src/webhooks.ts', 'src/webhooks.test.ts'],
      why: RAW_BODY,
    },
    'ask/webhook-body': { tests: 1, why: RAW_BODY },
  },
};
