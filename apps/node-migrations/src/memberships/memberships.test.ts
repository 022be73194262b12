import { expect, test } from 'workos-mock/vitest';
import { createStage, runChange } from '../run-change.ts';
import { memberships } from './change.ts';

test('migrate/memberships: with an organization every version lists the same people', async ({
  workos,
}) => {
  const outcomes = await runChange(memberships, workos);
  for (const { result, wire } of outcomes) {
    expect(result).toEqual(outcomes[0]?.result);
    expect(result).toHaveLength(3);
    expect(wire[0]).toContain('organization_id');
  }
});

test('migrate/memberships: without either, which version 7 compiles, WorkOS answers 400', async ({
  workos,
}) => {
  const { v7 } = createStage(workos);
  await expect(v7.userManagement.listOrganizationMemberships({})).rejects.toMatchObject({
    status: 400,
  });
});
