import { inject } from 'vitest';
import { app } from '../src/app.ts';
import type { Environment } from '../src/environment.ts';
import { type CheckedAnswer, createSpecChecker } from './openapi.ts';

/** What was held against the vendor's document since the last `startChecking()`. */
export interface Checked {
  answers: CheckedAnswer[];
  events: string[];
  problems: string[];
}

const spec = createSpecChecker(inject('openapi'));
const seenEvents = new WeakSet<object>();
let checked: Checked = { answers: [], events: [], problems: [] };

/** @returns What is checked from now on, which fills as the mock answers. */
export function startChecking(): Checked {
  checked = { answers: [], events: [], problems: [] };
  return checked;
}

// Here, because a module is loaded once for all test files of a process; a setup file runs again for each.
const answer = app.fetch;
app.fetch = async (request, env, context) => {
  const response = await answer(request, env, context);
  const mock = env as Environment;
  const { pathname, search } = new URL(request.url);
  const isControl = pathname.startsWith('/_mock/');
  for (const event of mock.store.events.all().toReversed()) {
    if (seenEvents.has(event)) break;
    seenEvents.add(event);
    // A test may send whatever it wants through the control API.
    if (pathname === '/_mock/events/send') continue;
    await note(() => {
      spec.checkEvent(event);
      checked.events.push(event.event);
    });
  }
  const isFault = () =>
    mock.log
      .list()
      .some(
        ({ fault, method, path }) =>
          fault && method === request.method && path === pathname + search,
      );
  if (!isControl && !isFault()) {
    await note(async () => {
      const fitting = await spec.checkAnswer(request, response);
      if (fitting) checked.answers.push(fitting);
    });
  }
  return response;
};

async function note(check: () => void | Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    checked.problems.push((error as Error).message);
  }
}
