type Key = string | null | undefined;

/** How to find items by something other than their id. */
export type Indexes<T, Name extends string> = Record<Name, (item: T) => Key>;

/** How far beyond its capacity something may grow before it is trimmed, so that a full one does not pay at every insertion. */
const SLACK = 1.1;

/**
 * Items by id in the order in which they came, with look-ups that cost the same however many there are.
 *
 * @param indexes What items are found by, beside their id.
 * @param capacity How many it keeps, about; beyond it the oldest leave.
 */
export class Collection<T extends { id: string }, Name extends string = never> {
  readonly #byId = new Map<string, T>();
  readonly #positions = new Map<string, number>();
  readonly #keys: Indexes<T, Name>;
  readonly #indexes = new Map<Name, Map<string, Map<string, T>>>();
  #order: T[] = [];
  #nextPosition = 0;
  readonly #capacity: number;

  constructor(indexes: Indexes<T, Name>, capacity = Infinity) {
    this.#keys = indexes;
    this.#capacity = capacity;
    for (const name of Object.keys(indexes) as Name[]) this.#indexes.set(name, new Map());
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): T | undefined {
    return this.#byId.get(id);
  }

  /** The first item whose key in that index is `key`. */
  find(index: Name, key: string): T | undefined {
    return this.#indexes.get(index)?.get(key)?.values().next().value;
  }

  /** Every item whose key in that index is `key`, oldest first. */
  where(index: Name, key: string): T[] {
    return [...(this.#indexes.get(index)?.get(key)?.values() ?? [])];
  }

  /** Every item, oldest first. Not a copy: do not change it. */
  all(): readonly T[] {
    return this.#order;
  }

  /** Where an item stands among all items, for cursors. */
  position(id: string): number | undefined {
    return this.#positions.get(id);
  }

  insert(item: T): T {
    this.#byId.set(item.id, item);
    this.#positions.set(item.id, this.#nextPosition++);
    this.#order.push(item);
    for (const [name, key] of this.#keysOf(item)) this.#put(name, key, item);
    if (this.size > this.#capacity * SLACK) {
      let surplus = this.size - this.#capacity;
      this.deleteOldest(() => surplus-- > 0);
    }
    return item;
  }

  /** Changes an item in place, and what it is found by. */
  update(item: T, change: Partial<T>): T {
    const before = this.#keysOf(item);
    Object.assign(item, change);
    const after = this.#keysOf(item);
    // An index that the change does not touch keeps its order.
    before.forEach(([name, key], i) => {
      if (key === after[i]?.[1]) return;
      this.#drop(name, key, item.id);
      this.#put(name, after[i]?.[1], item);
    });
    return item;
  }

  delete(item: T): void {
    if (!this.#byId.delete(item.id)) return;
    this.#order.splice(this.#findOrder(item), 1);
    this.#positions.delete(item.id);
    for (const [name, key] of this.#keysOf(item)) this.#drop(name, key, item.id);
  }

  /** Removes the oldest items for which `gone` holds, up to the first for which it does not. */
  deleteOldest(gone: (item: T) => boolean): void {
    let count = 0;
    for (const item of this.#order) {
      if (!gone(item)) break;
      this.#byId.delete(item.id);
      this.#positions.delete(item.id);
      for (const [name, key] of this.#keysOf(item)) this.#drop(name, key, item.id);
      count++;
    }
    if (count > 0) this.#order = this.#order.slice(count);
  }

  #findOrder(item: T): number {
    const position = this.#positions.get(item.id)!;
    let low = 0;
    let high = this.#order.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#positions.get(this.#order[middle]!.id)! < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #keysOf(item: T): [Name, Key][] {
    return [...this.#indexes.keys()].map((name) => [name, this.#keys[name](item)]);
  }

  #put(name: Name, key: Key, item: T): void {
    if (key === null || key === undefined) return;
    const entries = this.#indexes.get(name)!;
    let bucket = entries.get(key);
    if (!bucket) entries.set(key, (bucket = new Map()));
    bucket.set(item.id, item);
  }

  #drop(name: Name, key: Key, id: string): void {
    if (key === null || key === undefined) return;
    const entries = this.#indexes.get(name)!;
    const bucket = entries.get(key);
    bucket?.delete(id);
    if (bucket?.size === 0) entries.delete(key);
  }
}

/** Short-lived things by key, oldest first, so that expired ones are found at the front; about `capacity` are kept. */
export class RecentMap<T> extends Map<string, T> {
  readonly #capacity: number;

  constructor(capacity: number) {
    super();
    this.#capacity = capacity;
  }

  override set(key: string, value: T): this {
    super.set(key, value);
    if (this.size > this.#capacity * SLACK) {
      let surplus = this.size - this.#capacity;
      for (const oldest of this.keys()) {
        if (surplus-- <= 0) break;
        this.delete(oldest);
      }
    }
    return this;
  }
}
