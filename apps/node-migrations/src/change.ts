import type { WorkOS as WorkOS7 } from 'workos-node-7';
import type { WorkOS as WorkOS8 } from 'workos-node-8';
import type { WorkOS as WorkOS11 } from 'workos-node-11';

/** The majors that the guide compares: where people come from, the first step, and today. */
export type Version = 'v7' | 'v8' | 'v11';
export const versions: readonly Version[] = ['v7', 'v8', 'v11'];

/** What a change needs around it to be run. */
export interface Stage {
  v7: WorkOS7;
  v8: WorkOS8;
  v11: WorkOS11;
  /** How each client was told where WorkOS is; for a change that makes a client of its own. */
  address: { apiHostname: string; port: number; https: false };
  /** The secret of the newest e-mail to an address: a code, or the token of a reset link. */
  lastEmailed(email: string): Promise<string>;
}

/** One breaking change. */
export interface Change {
  /** Its id in PATTERNS.md and its folder, e.g. `migrate/magic-auth`. */
  id: `migrate/${string}`;
  /** The names as they stand in code before the upgrade: what a reader searches for. */
  before: readonly string[];
  /** What takes their place; empty when nothing does. */
  after: readonly string[];
  /** The major with which the old form is gone. */
  gone: 8 | 9 | 10;
  /** What changed and what to do, in Markdown. */
  what: string;
  /** Whether `workos-node-upgrade` writes the change, or says where it must be made by hand. */
  codemod: 'writes' | 'reports';
  /** Does the same thing with each version; what each answers is equal. */
  run: Record<Version, (stage: Stage) => Promise<unknown>>;
}
