import { expect, test } from 'workos-mock/vitest';
import { createStage, runChange } from '../run-change.ts';
import { events } from './change.ts';

test('migrate/events: a directory that was disconnected is found', async ({ workos }) => {
  const outcomes = await runChange(events, workos);
  expect(outcomes.map(({ result }) => result)).toEqual(
    Array.from({ length: 3 }, () => ['directory_acme']),
  );
});

test('migrate/events: under the old name alone it is missed without an error', async ({
  workos,
}) => {
  const { v7 } = createStage(workos);
  await v7.directorySync.deleteDirectory('directory_acme');
  const { data } = await v7.events.listEvents({ events: ['dsync.deactivated'] });
  expect(data).toEqual([]);
});
