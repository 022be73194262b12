import { Hono } from 'hono';
import type { AppTypes } from '../environment.ts';
import { invalidRequest } from '../errors.ts';
import { eventResponse } from '../responses.ts';

const DEFAULT_LIMIT = 10;
const MAXIMUM_LIMIT = 100;

/** What has happened, oldest first, for whoever reads it in order from where they were: unlike other lists, only forward. */
export const events = new Hono<AppTypes>().get('/events', (c) => {
  const { store } = c.env;
  // Repeated, with brackets, or with commas between them: SDKs differ.
  const wanted = [...(c.req.queries('events') ?? []), ...(c.req.queries('events[]') ?? [])].flatMap(
    (names) => names.split(','),
  );
  const {
    limit = String(DEFAULT_LIMIT),
    after,
    order = 'asc',
    organization_id: organizationId,
    range_start: from,
    range_end: to,
  } = c.req.query();
  const size = Number(limit);
  if (!Number.isInteger(size) || size < 1 || size > MAXIMUM_LIMIT) {
    const message = `limit must be an integer from 1 to ${MAXIMUM_LIMIT}`;
    throw invalidRequest([{ field: 'limit', code: 'invalid_limit', message }]);
  }
  if (order !== 'asc' && order !== 'desc') {
    const message = 'order must be "asc" or "desc"';
    throw invalidRequest([{ field: 'order', code: 'invalid_order', message }]);
  }
  const cursor = after ? store.events.position(after) : undefined;
  if (after && cursor === undefined) {
    throw invalidRequest([{ field: 'after', code: 'invalid_after', message: 'no such cursor' }]);
  }
  const matching = store.events
    .all()
    .filter(
      ({ event, data, createdAt }) =>
        (wanted.length === 0 || wanted.includes(event)) &&
        (!organizationId || [data.organization_id, data.id].includes(organizationId)) &&
        (!from || createdAt >= from) &&
        (!to || createdAt < to),
    );
  const ordered = order === 'desc' ? matching.toReversed() : matching;
  const rest = ordered.filter(({ id }) => {
    if (cursor === undefined) return true;
    const position = store.events.position(id)!;
    return order === 'desc' ? position < cursor : position > cursor;
  });
  const page = rest.slice(0, size);
  return c.json({
    object: 'list',
    data: page.map(eventResponse),
    list_metadata: { after: rest.length > size ? page.at(-1)!.id : null },
  });
});
