import { expect, test } from 'vitest';
import { findTotpStep, totpCode, totpStep } from './totp.ts';

// The key of RFC 6238's appendix B, "12345678901234567890", in base32.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test.for([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
] as const)('the code at %i seconds is that of RFC 6238', async ([seconds, code]) => {
  expect(await totpCode(secret, totpStep(seconds * 1000))).toBe(code);
});

test('a clock half a minute off does no harm, a minute does, and no code is good twice', async () => {
  const now = 1_800_000_000_000;
  const step = totpStep(now);
  const find = async (offset: number, after = 0) =>
    findTotpStep(secret, await totpCode(secret, step + offset), now, after);
  expect(await find(-1)).toBe(step - 1);
  expect(await find(1)).toBe(step + 1);
  expect(await find(2)).toBeNull();
  expect(await find(0, step)).toBeNull();
});
