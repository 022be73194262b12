// Demo furniture: stands for your database, and is empty again when the server restarts. It hangs on `globalThis` because
// Next.js bundles pages and route handlers apart: each would have a module of its own, and notes of its own.
const shared = globalThis as { notes?: Map<string, string[]> };
const notes = (shared.notes ??= new Map());

export function notesOf(organizationId: string): string[] {
  return notes.get(organizationId) ?? [`The first note of ${organizationId}.`];
}

/** Keeps the last twenty, and the same text once. */
export function storeNote(organizationId: string, note: string): void {
  notes.set(organizationId, [...new Set([...notesOf(organizationId), note])].slice(-20));
}
