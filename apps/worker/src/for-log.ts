/** What to log of an error: one line or a stack; never its fields, where the SDK puts tokens. */
export function forLog(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, requestID } = error as Error & { code?: string; requestID?: string };
  const details = [code, requestID && `request ${requestID}`].filter(Boolean).join(', ');
  return `${error.stack ?? error.message}${details && ` (${details})`}`;
}
