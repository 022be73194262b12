import { expect, test } from 'workos-mock/vitest';
import * as package7 from 'workos-node-7';
import * as package8 from 'workos-node-8';
import { createStage, runChange } from '../run-change.ts';
import { directorySync } from './change.ts';

test('migrate/directory-sync: the custom attributes say what the fields said', async ({
  workos,
}) => {
  const outcomes = await runChange(directorySync, workos);
  for (const { result, wire } of outcomes) {
    expect(result).toEqual({ primaryEmail: 'ada@acme.test', jobTitle: 'Analyst' });
    expect(wire).toHaveLength(1);
  }
});

test('migrate/directory-sync: the fields are gone from the answer, though WorkOS still sends them', async ({
  workos,
}) => {
  const { v7, v8, v11 } = createStage(workos);
  const id = 'directory_user_ada';
  const fields = ['emails', 'username', 'jobTitle'];
  expect(Object.keys(await v7.directorySync.getUser(id))).toEqual(expect.arrayContaining(fields));
  for (const client of [v8, v11]) {
    const user = await client.directorySync.getUser(id);
    for (const field of fields) expect(user).not.toHaveProperty(field);
    // What the vendor's guide says.
    expect(user.customAttributes.jobTitle).toBeUndefined();
  }
  expect(package7).toHaveProperty('getPrimaryEmail');
  expect(package8).not.toHaveProperty('getPrimaryEmail');
});
