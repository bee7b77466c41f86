/** What the finder tells while it works; a command line draws it. */
export type FinderEvent =
  | { readonly kind: 'waiting'; readonly tool: string; readonly holder: number }
  | { readonly kind: 'downloading'; readonly tool: string; readonly url: string; readonly bytes: number; readonly total?: number }
  | { readonly kind: 'building'; readonly tool: string; readonly version: string; readonly elapsedMs: number; readonly line: string };

export type FinderListener = (event: FinderEvent) => void;
