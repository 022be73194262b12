import { getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { onTestFinished, vi } from 'vitest';
import type { TestMock } from 'workos-mock/vitest';
import { limitTime } from '../src/time-limit';

const AUTHENTICATE = 'POST /user_management/authenticate';

/** A way in which WorkOS does not answer a sign-in or a refresh. */
interface NoAnswer {
  fault: (workos: TestMock, scope: { times: number }) => Promise<void>;
  /** It was done all the same: the code or the refresh token is used up, and what came of it is lost. */
  isDone?: true;
}

/** A new case is one line here: sign-ins and refreshes both go through all of them. */
export const NO_ANSWER: Record<string, NoAnswer> = {
  'status 500': { fault: (workos, scope) => workos.failNext(AUTHENTICATE, { status: 500 }, scope) },
  'status 503': { fault: (workos, scope) => workos.failNext(AUTHENTICATE, { status: 503 }, scope) },
  'status 429 with Retry-After': {
    fault: (workos, scope) =>
      workos.failNext(AUTHENTICATE, { status: 429, headers: { 'retry-after': '0' } }, scope),
  },
  'a gateway’s page': {
    fault: (workos, scope) =>
      workos.failNext(AUTHENTICATE, { status: 502, body: '<h1>Bad gateway</h1>' }, scope),
  },
  'a gateway’s page instead of the answer': {
    fault: (workos, scope) => workos.garbleNext(AUTHENTICATE, 'html', scope),
    isDone: true,
  },
  'a cut connection': { fault: (workos, scope) => workos.dropNext(AUTHENTICATE, {}, scope) },
  'a connection that is cut before the answer': {
    fault: (workos, scope) => workos.dropNext(AUTHENTICATE, { after: true }, scope),
    isDone: true,
  },
  silence: {
    fault: (workos, scope) => {
      withoutPatience();
      return workos.delayNext(AUTHENTICATE, { hours: 1 }, scope);
    },
  },
  'half an answer': {
    fault: (workos, scope) => workos.garbleNext(AUTHENTICATE, 'truncated', scope),
    isDone: true,
  },
  'an empty answer': {
    fault: (workos, scope) => workos.garbleNext(AUTHENTICATE, 'empty', scope),
    isDone: true,
  },
};

/** Until the end of this test the SDK tries again at once: the waits are the same in every case. */
export function withoutWaits(): void {
  // It draws how long it waits: from half to one and a half of its time. Drawn like this, it is none of it.
  const chance = vi.spyOn(Math, 'random').mockReturnValue(-0.5);
  onTestFinished(() => chance.mockRestore());
}

/** Until the end of this test silence is short. Not in others, where a busy machine would be taken for a silent WorkOS. */
export function withoutPatience(): void {
  const dispatcher = getGlobalDispatcher();
  limitTime(250);
  onTestFinished(() => setGlobalDispatcher(dispatcher));
}
