import { readdir } from 'node:fs/promises';
import { expect, test } from 'workos-mock/vitest';
import { changes } from './changes.ts';
import { createStage } from './run-change.ts';

/** Gone without being anybody's to call: the SDK's own parts, which happen to be reachable. */
const INTERNAL =
  /^(createIronSessionProvider|handleParseError)$|\.?(client|ironSessionProvider|cryptoProvider|signatureProvider)\./;

test('migrate/runtime, migrate/v9-to-v11: every method that an upgrade takes away is in the guide', ({
  workos,
}) => {
  const { v7, v8, v11 } = createStage(workos);
  const covered = new Set(changes.flatMap(({ before }) => before));
  const today = new Set(methodsOf(v11));
  const missing = [...methodsOf(v7), ...methodsOf(v8)].filter(
    (name) =>
      !today.has(name) &&
      !INTERNAL.test(name) &&
      !covered.has(name) &&
      !covered.has(name.split('.')[0] ?? ''),
  );
  expect(missing).toEqual([]);
  // The comparison itself sees something: a name that is known to be gone.
  expect(methodsOf(v7)).toContain('vault.createSecret');
  expect(today.has('vault.createSecret')).toBe(false);
});

test('migrate/runtime: every folder is in the guide, and every id is its folder', async () => {
  const entries = await readdir(import.meta.dirname, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(changes.map(({ id }) => id.replace('migrate/', '')).toSorted()).toEqual(
    folders.filter((name) => name !== 'codemod').toSorted(),
  );
});

/** Every method of a client by its path, e.g. `userManagement.getUser`. */
function methodsOf(client: object): string[] {
  const found: string[] = [];
  const seen = new Set<unknown>([client]);
  const walk = (value: object, path: string) => {
    for (
      let at: object | null = value;
      at && at !== Object.prototype;
      at = Reflect.getPrototypeOf(at)
    ) {
      for (const [name, { value: member }] of Object.entries(
        Object.getOwnPropertyDescriptors(at),
      ) as [string, PropertyDescriptor][]) {
        if (name === 'constructor') continue;
        if (typeof member === 'function') found.push(path + name);
        else if (typeof member === 'object' && member && !seen.has(member)) {
          seen.add(member);
          walk(member as object, `${path}${name}.`);
        }
      }
    }
  };
  walk(client, '');
  return found;
}
