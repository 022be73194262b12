import type { Absence } from './matrix-table.ts';

/** What the document's versions do not have, by app and pattern. */
export const ABSENT: Record<string, Record<string, Absence>> = {};
