// Demo furniture: stands for your database, and is empty again when the server restarts. It hangs on `globalThis` because
// Next.js bundles pages and server actions apart: each would have a module of its own, and notes of its own.
const shared = globalThis as { notes?: Map<string, string[]> };
const notes = (shared.notes ??= new Map());

export function notesOf(organizationId: string): string[] {
  return notes.get(organizationId) ?? [];
}

export function storeNote(organizationId: string, note: string): void {
  notes.set(organizationId, [...notesOf(organizationId), note].slice(-20));
}
