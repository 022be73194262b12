import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { defaultSeed } from './default-seed.ts';
import { parseSeed, type Seed, seedSchema } from './seed.ts';

test('the default seed is a seed', () => {
  expect(parseSeed(defaultSeed)).toEqual(defaultSeed);
});

// Stale files: vitest -u writes them anew.
const schema = z.toJSONSchema(seedSchema, { io: 'input' });

test('seed.schema.json, which editors complete seed files with, is that of seed.ts', async () => {
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../seed.schema.json');
});

test('the type Seed says the same, without the types of another package', async () => {
  const declaration = await compile({ ...schema, title: 'Seed' } as JSONSchema, 'Seed', {
    bannerComment: '/** Written by seed.test.ts from the schema in seed.ts. */',
    additionalProperties: false,
    style: { singleQuote: true, printWidth: 100 },
  });
  await expect(declaration).toMatchFileSnapshot('./seed-type.ts');
  expectTypeOf<Seed>().toExtend<z.input<typeof seedSchema>>();
  expectTypeOf<z.input<typeof seedSchema>>().toExtend<Seed>();
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
  [
    {
      organizations: [{ name: 'X' }],
      apiKeys: [{ name: 'k', value: 'sk_1', organization: 'X', permissions: ['nope'] }],
    },
    'apiKeys[0].permissions[0]: no permission "nope"',
  ],
  [
    {
      organizations: [{ name: 'X' }],
      apiKeys: [
        { id: 'key', name: 'k', value: 'sk_1', organization: 'X' },
        { id: 'key', name: 'l', value: 'sk_2', organization: 'X' },
      ],
    },
    'apiKeys[1].id: "key" is there twice',
  ],
  [
    {
      organizations: [{ name: 'X' }],
      apiKeys: [
        { name: 'k', value: 'sk_1', organization: 'X' },
        { name: 'l', value: 'sk_1', organization: 'X' },
      ],
    },
    'apiKeys[1].value: "sk_1" is there twice',
  ],
  [
    {
      organizations: [{ name: 'X' }],
      connections: [
        { id: 'conn_1', name: 'a', organization: 'X' },
        { id: 'conn_1', name: 'b', organization: 'X' },
      ],
    },
    'connections[1].id: "conn_1" is there twice',
  ],
  [
    {
      organizations: [{ name: 'X' }],
      directories: [
        { id: 'directory_1', name: 'a', organization: 'X' },
        { id: 'directory_1', name: 'b', organization: 'X' },
      ],
    },
    'directories[1].id: "directory_1" is there twice',
  ],
  [
    {
      organizations: [{ name: 'X' }],
      directories: [
        {
          name: 'a',
          organization: 'X',
          users: [
            { id: 'directory_user_1', email: 'a@b.test' },
            { id: 'directory_user_1', email: 'c@d.test' },
          ],
        },
      ],
    },
    'directories[0].users[1].id: "directory_user_1" is there twice',
  ],
  [
    {
      organizations: [{ name: 'X' }],
      directories: [{ name: 'a', organization: 'X', users: [{ email: 'a@b.test', role: 'nope' }] }],
    },
    'directories[0].users[0].role: no role "nope"',
  ],
] as const)('%j names the place', async ([seed, message]) => {
  const { createWorkosMock } = await import('./mock.ts');
  expect(() => createWorkosMock({ seed: parseSeed(seed) })).toThrow(message);
});
