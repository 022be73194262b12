import { afterEach, beforeEach } from 'vitest';
import { type Checked, startChecking } from './checked-answers.ts';
import type { CheckedAnswer } from './openapi.ts';

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
let checked: Checked;

beforeEach(() => {
  checked = startChecking();
});

afterEach(({ task }) => {
  task.meta.checkedAnswers = checked.answers;
  task.meta.checkedEvents = checked.events;
  // A fuzzer asks for what no document describes; that there is an answer at all is its own concern.
  if (checked.problems.length > 0 && !task.name.includes('[fuzz/')) {
    throw new Error(checked.problems.join('\n'));
  }
});
