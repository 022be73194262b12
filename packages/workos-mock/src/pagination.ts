import type { Collection } from './collection.ts';
import type { AppContext } from './environment.ts';
import { invalidRequest } from './errors.ts';

const DEFAULT_LIMIT = 10;
const MAXIMUM_LIMIT = 100;

/**
 * Answers one page of a list, as every WorkOS list does: `limit`, `order`, `before` and `after` in the query, newest first
 * unless told otherwise, and in `list_metadata` the cursors of the neighbouring pages, null where there is none. The order
 * `normal` is newest first too, and there `before` asks for older ones and `after` for newer ones.
 *
 * @param items All that match, oldest first: the collection's own order.
 * @param collection Where the items stand, so that a cursor is found without a walk.
 * @throws 422 for a limit out of range, an unknown order or cursor, or both cursors at once.
 */
export function listPage<T extends { id: string }, Name extends string>(
  c: AppContext,
  items: readonly T[],
  collection: Collection<T, Name>,
  toResponse: (item: T) => object,
) {
  const { limit = String(DEFAULT_LIMIT), order = 'desc', ...cursors } = c.req.query();
  const isSwapped = order === 'normal';
  const [before, after] = isSwapped
    ? [cursors.after, cursors.before]
    : [cursors.before, cursors.after];
  const size = Number(limit);
  const problems = [];
  if (!Number.isInteger(size) || size < 1 || size > MAXIMUM_LIMIT) {
    problems.push(problem('limit', `limit must be an integer from 1 to ${MAXIMUM_LIMIT}`));
  }
  if (!['asc', 'desc', 'normal'].includes(order)) {
    problems.push(problem('order', 'order must be "asc", "desc" or "normal"'));
  }
  if (before && after) problems.push(problem('before', 'before and after exclude each other'));
  const cursor = before || after;
  const cursorPosition = cursor ? collection.position(cursor) : undefined;
  if (cursor && cursorPosition === undefined) {
    problems.push(problem(cursors.before ? 'before' : 'after', `no such cursor: ${cursor}`));
  }
  if (problems.length > 0) throw invalidRequest(problems);

  // Both directions are walks over the same oldest-first list: `after` in descending order goes towards its start.
  const towardsStart = (order !== 'asc') === !before;
  let from = towardsStart ? items.length - 1 : 0;
  if (cursorPosition !== undefined) {
    const at = firstAtOrAfter(items, collection, cursorPosition);
    const isThere = items[at] !== undefined && collection.position(items[at].id) === cursorPosition;
    from = towardsStart ? at - 1 : isThere ? at + 1 : at;
  }
  const step = towardsStart ? -1 : 1;
  const page: T[] = [];
  let next = from;
  for (; page.length < size && next >= 0 && next < items.length; next += step) {
    page.push(items[next]!);
  }
  const more = next >= 0 && next < items.length;
  if (before) page.reverse();
  const first = (before ? more : Boolean(after)) ? (page[0]?.id ?? null) : null;
  const last = (before ? true : more) ? (page.at(-1)?.id ?? null) : null;
  return c.json({
    object: 'list',
    data: page.map(toResponse),
    list_metadata: isSwapped ? { before: last, after: first } : { before: first, after: last },
  });
}

function problem(field: string, message: string) {
  return { field, code: `invalid_${field}`, message };
}

/** Binary search for the first item that stands at or after a position. */
function firstAtOrAfter<T extends { id: string }, Name extends string>(
  items: readonly T[],
  collection: Collection<T, Name>,
  position: number,
): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (collection.position(items[middle]!.id)! < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
