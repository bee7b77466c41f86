/** What an error of a definition's own function says, cut to a length that fits anywhere. */
export function problemText(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 300);
}
