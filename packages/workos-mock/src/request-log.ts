import type { Endpoint } from './endpoints.ts';

/** How many requests are remembered; the oldest leave first. */
const CAPACITY = 1000;

/** One request that the mock answered. */
export interface LoggedRequest {
  id: number;
  /** ISO 8601, on the mock's clock. */
  at: string;
  method: string;
  /** Path and query as sent. */
  path: string;
  /** The endpoint that answered, e.g. `POST /user_management/authenticate`; null for a hosted page or an unknown path. */
  endpoint: Endpoint | null;
  /** The fields of the body, with secrets left out. */
  body: Record<string, unknown>;
  /** 0 when the connection was dropped. */
  status: number;
  /** The `code` or `error` of an error answer. */
  error: string | null;
  /** Who it was about, where that is known. */
  userId: string | null;
  milliseconds: number;
  /** The fault that struck it, as it was written. */
  fault: string | null;
}

/** Which requests are meant; what is left out matches all. */
export interface RequestFilter {
  endpoint?: Endpoint;
  userId?: string;
  status?: number;
  grantType?: string;
}

const SECRETS = new Set([
  'access_token',
  'client_secret',
  'code',
  'code_verifier',
  'device_code',
  'new_password',
  'password',
  'pending_authentication_token',
  'refresh_token',
  'token',
]);

/** What the mock was asked, newest last. */
export class RequestLog {
  #listeners = new Set<() => void>();
  #requests: LoggedRequest[] = [];
  #next = 1;
  /** Requests to endpoints that the mock lacks, kept apart so that a test can fail on them. */
  #missing: { id: number; endpoint: string }[] = [];

  add(request: Omit<LoggedRequest, 'id'>): void {
    this.#requests.push({ id: this.#next++, ...request });
    // Trimmed in strides, so that a full log costs no move per request.
    if (this.#requests.length >= 2 * CAPACITY) this.#requests = this.#requests.slice(-CAPACITY);
    this.changed();
  }

  /** Tells who listens that there is something new, in the log or anywhere in the mock. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Calls back after every request and every change from outside; the function that it returns ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  addMissing(method: string, path: string): void {
    if (this.#missing.length < CAPACITY) {
      this.#missing.push({ id: this.#next, endpoint: `${method} ${path}` });
    }
  }

  /** The number that the next request gets. It only grows, whatever is cleared: what came after it is known by it. */
  get next(): number {
    return this.#next;
  }

  /** What was asked for in vain, from the request with that number on. */
  missing(from = 0): string[] {
    return this.#missing.filter(({ id }) => id >= from).map(({ endpoint }) => endpoint);
  }

  list(filter: RequestFilter = {}): LoggedRequest[] {
    return this.#requests
      .slice(-CAPACITY)
      .filter(
        (request) =>
          (filter.endpoint === undefined || request.endpoint === filter.endpoint) &&
          (filter.userId === undefined || request.userId === filter.userId) &&
          (filter.status === undefined || request.status === filter.status) &&
          (filter.grantType === undefined || request.body.grant_type === filter.grantType),
      );
  }

  clear(): void {
    this.#requests = [];
    this.#missing = [];
  }
}

/** The fields of a body with the values of secrets replaced, for the log. */
export function withoutSecrets(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, SECRETS.has(key) ? '…' : value]),
  );
}
