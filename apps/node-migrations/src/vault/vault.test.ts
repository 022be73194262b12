import { expect, test } from 'workos-mock/vitest';
import { createStage, runChange } from '../run-change.ts';
import { vault } from './change.ts';

test('migrate/vault: the value is kept, replaced and read by either name', async ({ workos }) => {
  const outcomes = await runChange(vault, workos);
  for (const { result, wire } of outcomes) {
    expect(result).toEqual({ value: 'second', names: ['api-key'] });
    expect(wire[0]).toBe('POST /vault/v1/kv {key_context, name, value}');
    expect(wire[1]).toMatch(/^PUT \/vault\/v1\/kv\/:id \{value/);
    expect(wire[2]).toBe('GET /vault/v1/kv/:id');
  }
  expect(outcomes.map(({ wire }) => wire[3])).toEqual([
    'GET /vault/v1/kv',
    'GET /vault/v1/kv',
    'GET /vault/v1/kv ?order',
  ]);
});

test('migrate/vault: every *Secret method of version 7 has an *Object method, and is gone', async ({
  workos,
}) => {
  const { v7, v8, v11 } = createStage(workos);
  const secrets = Object.keys(v7.vault).filter((name) => /Secret/.test(name));
  expect(secrets).toEqual(
    expect.arrayContaining(vault.before.map((name) => name.replace('vault.', ''))),
  );
  expect(secrets).toHaveLength(vault.before.length);
  for (const name of secrets) {
    expect(name in v8.vault, name).toBe(false);
    expect(name in v11.vault, name).toBe(false);
    for (const client of [v7, v8, v11]) {
      expect(name.replace('Secret', 'Object') in client.vault, name).toBe(true);
    }
  }
});
