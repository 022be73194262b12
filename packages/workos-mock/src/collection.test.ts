import { expect, test } from 'vitest';
import { Clock } from './clock.ts';
import { Collection, RecentMap } from './collection.ts';
import { createStore } from './store.ts';

test('a full collection lets the oldest go, from every index too', () => {
  const items = new Collection<{ id: string; owner: string }, 'owner'>(
    { owner: (i) => i.owner },
    100,
  );
  for (let i = 0; i < 1000; i++) items.insert({ id: `i${i}`, owner: i < 500 ? 'early' : 'late' });
  expect(items.size).toBeLessThanOrEqual(110);
  expect(items.get('i0')).toBeUndefined();
  expect(items.where('owner', 'early')).toEqual([]);
  expect(items.where('owner', 'late')).toHaveLength(items.size);
  expect(items.all().at(-1)?.id).toBe('i999');
});

test('a full map lets the oldest go', () => {
  const map = new RecentMap<number>(100);
  for (let i = 0; i < 1000; i++) map.set(`k${i}`, i);
  expect(map.size).toBeLessThanOrEqual(110);
  expect(map.has('k0')).toBe(false);
  expect(map.get('k999')).toBe(999);
});

const newStore = () => createStore({}, new Clock());
const short = ['sessions', 'emailedSecrets', 'authChallenges', 'webhookDeliveries'] as const;
const shorter = [
  'rotatedTokens',
  'codes',
  'authorizationRequests',
  'deviceAuthorizations',
  'hostedSignIns',
  'pendingAuthentications',
  'ssoRequests',
  'ssoGrants',
] as const;

test.for(short)('%s do not grow without end', (name) => {
  const collection = newStore()[name] as Collection<{ id: string }>;
  for (let i = 0; i < 30_000; i++) collection.insert({ id: String(i) });
  expect(collection.size).toBeLessThanOrEqual(22_000);
});

test.for(shorter)('%s do not grow without end', (name) => {
  const map = newStore()[name] as Map<string, unknown>;
  for (let i = 0; i < 30_000; i++) map.set(String(i), null);
  expect(map.size).toBeLessThanOrEqual(22_000);
});

test('people are never dropped', () => {
  const users = Array.from({ length: 30_000 }, (_, i) => ({ email: `u${i}@example.test` }));
  expect(createStore({ users }, new Clock()).users.size).toBe(30_000);
});
