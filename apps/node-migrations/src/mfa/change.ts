import { createHmac } from 'node:crypto';
import type { Change } from '../change.ts';
import * as v7 from './v7.ts';
import * as v8 from './v8.ts';
import * as v11 from './v11.ts';

const person = 'ada@acme.test';

export const mfa: Change = {
  id: 'migrate/mfa',
  before: [
    'mfa.verifyFactor',
    'mfa.enrollFactor',
    'mfa.challengeFactor',
    'mfa.getFactor',
    'mfa.deleteFactor',
    'mfa.verifyChallenge',
    'userManagement.enrollAuthFactor',
    'userManagement.listAuthFactors',
  ],
  after: [
    'multiFactorAuth.verifyChallenge',
    'multiFactorAuth.createUserAuthFactor',
    'multiFactorAuth.listUserAuthFactors',
  ],
  gone: 8,
  codemod: 'writes',
  what: '`verifyFactor` is `verifyChallenge` (8), then `workos.mfa` is `workos.multiFactorAuth` and takes over the factors of users from `userManagement` (9). Only names change: arguments, answers and requests stay.',
  run: {
    v7: (stage) => v7.enrollApp(stage.v7, person, readCode),
    v8: (stage) => v8.enrollApp(stage.v8, person, readCode),
    v11: (stage) => v11.enrollApp(stage.v11, person, readCode),
  },
};

/**
 * What an authenticator app shows for a secret.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6238
 */
export function readCode(secret: string): string {
  const bits = [...secret].map((character) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(character).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)
      ?.map((byte) => Number.parseInt(byte, 2)) ?? [],
  );
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const number = digest.readUInt32BE((digest.at(-1) ?? 0) & 15) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}
