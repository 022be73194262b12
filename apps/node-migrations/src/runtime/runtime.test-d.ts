import { expectTypeOf, test } from 'vitest';
import workos7 from 'workos-node-7';
import { WorkOS } from 'workos-node-11';

// @ts-expect-error: import { WorkOS } from '@workos-inc/node'
export type Default8 = typeof import('workos-node-8').default;
// @ts-expect-error: import { WorkOS } from '@workos-inc/node'
export type Default11 = typeof import('workos-node-11').default;
// @ts-expect-error: not exported
export type Deep7 = typeof import('workos-node-7/lib/workos.js');
// @ts-expect-error: not exported
export type Deep11 = typeof import('workos-node-11/lib/workos.js');

test('migrate/runtime: the default import compiles on 7 alone, a path under lib/ on none', () => {
  expectTypeOf(workos7.WorkOS).toBeConstructibleWith('');
  expectTypeOf(WorkOS).toBeConstructibleWith('');
});
