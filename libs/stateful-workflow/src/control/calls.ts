import type { Json } from '../json.js';

/** An action whose activity was called, or waits for its turn. */
export interface PendingCall {
  readonly id: string;
  readonly action: string;
  readonly input: Json;
  readonly called: boolean;
}
