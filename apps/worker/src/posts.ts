import { DurableObject } from 'cloudflare:workers';

/** Something that somebody in an organization wrote: what this API serves, and what yours replaces. */
export interface Post {
  id: string;
  title: string;
  authorId: string | null;
}

/**
 * The posts of one organization. Each organization has an object of its own, so that no query can reach another's.
 */
export class Posts extends DurableObject<Env> {
  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    state.storage.sql.exec(
      'CREATE TABLE IF NOT EXISTS posts (id TEXT PRIMARY KEY, title TEXT NOT NULL, authorId TEXT)',
    );
  }

  /** The newest hundred. */
  list(): Post[] {
    const { sql } = this.ctx.storage;
    return sql
      .exec<Post & Record<string, SqlStorageValue>>(
        'SELECT * FROM posts ORDER BY rowid DESC LIMIT 100',
      )
      .toArray();
  }

  add(post: Post): void {
    const { id, title, authorId } = post;
    this.ctx.storage.sql.exec('INSERT INTO posts VALUES (?, ?, ?)', id, title, authorId);
  }

  /** Forgets all of them. */
  clear(): void {
    this.ctx.storage.sql.exec('DELETE FROM posts');
  }
}
