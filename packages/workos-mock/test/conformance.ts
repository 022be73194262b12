import { afterEach, beforeEach, inject } from 'vitest';
import { app } from '../src/app.ts';
import type { Environment } from '../src/environment.ts';
import { type CheckedAnswer, createSpecChecker } from './openapi.ts';

declare module 'vitest' {
  export interface TaskMeta {
    /** The answers of this test that fit the vendor's document. */
    checkedAnswers?: CheckedAnswer[];
    /** The events that the mock told of meanwhile. */
    checkedEvents?: string[];
  }
}

/**
 * Setup of every test file: whatever a test is about, each answer of a mock and each event that it tells of is held
 * against the vendor's OpenAPI document. What does not fit fails the test; what fits is counted for SUPPORTED.md.
 */
const spec = createSpecChecker(inject('openapi'));
const seenEvents = new WeakSet<object>();
let checkedAnswers: CheckedAnswer[] = [];
let checkedEvents: string[] = [];
let problems: string[] = [];

beforeEach(() => {
  checkedAnswers = [];
  checkedEvents = [];
  problems = [];
});

afterEach(({ task }) => {
  task.meta.checkedAnswers = checkedAnswers;
  task.meta.checkedEvents = checkedEvents;
  // A fuzzer asks for what no document describes; that there is an answer at all is its own concern.
  if (problems.length > 0 && !task.name.includes('[fuzz/')) throw new Error(problems.join('\n'));
});

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
      checkedEvents.push(event.event);
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
      const checked = await spec.checkAnswer(request, response);
      if (checked) checkedAnswers.push(checked);
    });
  }
  return response;
};

async function note(check: () => void | Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    problems.push((error as Error).message);
  }
}
