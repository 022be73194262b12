import { expect, ORIGIN, test } from '../test/workos';

const KILOBYTE = 1024;
/** How much of a body a stranger has, and sends at once, in kilobytes. */
const ENDLESS = 90 * KILOBYTE;
const PIECE = 16;

/** A body that does not say how long it is, and how many kilobytes of it were taken. */
function endlessBody(): { body: ReadableStream; taken: () => number } {
  let taken = 0;
  const piece = new TextEncoder().encode(' '.repeat(PIECE * KILOBYTE));
  const body = new ReadableStream(
    {
      pull(controller) {
        taken += PIECE;
        if (taken > ENDLESS) controller.close();
        else controller.enqueue(piece);
      },
    },
    { highWaterMark: 0 },
  );
  return { body, taken: () => taken };
}

const PATHS = {
  '/webhooks': {},
  '/magic-auth': { 'content-type': 'application/json', origin: ORIGIN },
  '/switch-organization': { 'content-type': 'application/x-www-form-urlencoded', origin: ORIGIN },
  '/nowhere': {},
};

test.for(Object.entries(PATHS))(
  'node/webhooks: a body for %s that never ends is not read to its end',
  async ([path, headers], { worker }) => {
    const { body, taken } = endlessBody();
    const response = await worker(path, { method: 'POST', body, headers });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: 'too_large' });
    expect(taken()).toBeLessThan(KILOBYTE);
  },
);

test.for(Object.entries(PATHS))(
  'node/webhooks: a body for %s that says that it is too long is not read at all',
  async ([path, headers], { worker }) => {
    const { body, taken } = endlessBody();
    const length = { 'content-length': String(ENDLESS * KILOBYTE) };
    const response = await worker(path, {
      method: 'POST',
      body,
      headers: { ...headers, ...length },
    });
    expect(response.status).toBe(413);
    // One piece is under way before the Worker is asked.
    expect(taken()).toBeLessThanOrEqual(PIECE);
  },
);
