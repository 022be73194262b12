import type { Environment } from './environment.ts';

/** A day, in milliseconds: how long WorkOS remembers a key. */
const LIFETIME = 24 * 60 * 60 * 1000;
const CAPACITY = 1_000;

interface Remembered {
  expiresAt: number;
  answer: Promise<Response>;
}

const answersOf = new WeakMap<Environment['store'], Map<string, Remembered>>();

/**
 * Answers a request with an `Idempotency-Key` once: whoever repeats the key at the same endpoint gets the same answer, also
 * with another body, also while the first one is still being worked on. Keys are forgotten after 24 hours.
 *
 * @param key The endpoint and the key.
 * @param perform Does the work and makes the answer; what fails with 5xx may be tried again.
 * @see https://workos.com/docs/reference/audit-logs/event
 */
export async function answerOnce(
  env: Environment,
  key: string,
  perform: () => Promise<Response>,
): Promise<Response> {
  const now = env.clock.now();
  let answers = answersOf.get(env.store);
  if (!answers) answersOf.set(env.store, (answers = new Map()));
  for (const [oldest, { expiresAt }] of answers) {
    if (expiresAt > now && answers.size < CAPACITY) break;
    answers.delete(oldest);
  }
  const remembered = answers.get(key);
  if (remembered) return (await remembered.answer).clone();
  const answer = perform().then((response) => {
    if (response.status >= 500) answers.delete(key);
    return response.clone();
  });
  answers.set(key, { expiresAt: now + LIFETIME, answer });
  answer.catch(() => answers.delete(key));
  return (await answer).clone();
}
