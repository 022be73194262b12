/** An app that was started beside the mock. */
export interface RunningApp {
  name: string;
  url: string;
  /** What to try there: the description in its package.json. */
  description: string;
  /** Whether it answers requests yet. */
  ready: boolean;
  /** Where a sign-in starts, e.g. `http://localhost:3000/sign-in`: the sign-in endpoint on the dashboard's Redirects page. */
  signInEndpoint: string;
}

/** The apps of one `pnpm dev`. Each announces itself when it starts and again when it answers. */
export class RunningApps {
  #apps = new Map<string, RunningApp>();
  #listeners: (() => void)[] = [];

  announce(app: RunningApp): void {
    this.#apps.set(app.name, app);
    if (this.list().every(({ ready }) => ready)) for (const listener of this.#listeners) listener();
  }

  get(name: string): RunningApp | undefined {
    return this.#apps.get(name);
  }

  list(): RunningApp[] {
    return [...this.#apps.values()].toSorted((a, b) => a.name.localeCompare(b.name));
  }

  /** Calls back each time that every app which was started answers. */
  onAllReady(listener: () => void): void {
    this.#listeners.push(listener);
  }
}

/** Lines up the columns of a table; the first row is the heading. */
export function formatTable(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
