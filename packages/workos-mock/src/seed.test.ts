import { expect, test } from 'vitest';
import { z } from 'zod';
import { defaultSeed } from './default-seed.ts';
import { parseSeed, seedSchema } from './seed.ts';

test('the default seed is a seed', () => {
  expect(parseSeed(defaultSeed)).toEqual(defaultSeed);
});

test('seed.schema.json, which editors complete seed files with, is that of seed.ts', async () => {
  const schema = `${JSON.stringify(z.toJSONSchema(seedSchema, { io: 'input' }), null, 2)}\n`;
  // A stale file: vitest -u writes it anew.
  await expect(schema).toMatchFileSnapshot('../seed.schema.json');
});

test.for([
  [
    { roles: [{ slug: 'x', permissions: ['nope'] }] },
    'roles[0].permissions[0]: no permission "nope"',
  ],
  [
    { users: [{ email: 'a@b.test' }, { email: 'A@b.test' }] },
    'users[1]: "A@b.test" is there twice',
  ],
  [{ featureFlags: [{ slug: 'x', users: ['a@b.test'] }] }, 'featureFlags[0].users[0]: no user'],
  [
    { apiKeys: [{ name: 'k', value: 'sk_1', organization: 'X' }] },
    'apiKeys[0].organization: no organization "X"',
  ],
] as const)('%j names the place', async ([seed, message]) => {
  const { createWorkosMock } = await import('./mock.ts');
  expect(() => createWorkosMock({ seed: parseSeed(seed) })).toThrow(message);
});
