import type { SecretRef } from '@tributary/common';
import type { Selector } from './definitions/parts.js';
import type { Json } from './json.js';
import type { Change } from './state/changes.js';
import type { Patch } from './state/patch.js';
import type { Clock, Stamp } from './state/stamp.js';

/** What each message says about its moment, so that a step needs no clock and no dice of its own. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** From 0 up to 1. */
  readonly random: number;
}

/** A credential: a reference that activities resolve, in at least that version, or, with encrypted payloads only, the text itself. */
export type Credential =
  | { readonly kind: 'reference'; readonly ref: SecretRef; readonly minVersion: number }
  | { readonly kind: 'literal'; readonly value: string; readonly version: number };

/** A value that its latest writer decides, with the time of writing. */
export interface Written<T> {
  readonly value: T;
  readonly stamp: Stamp;
}

/** What an owner passes to its children beside their data. */
export interface Inheritance {
  /** Null when there is none. */
  readonly credential?: Written<Credential | null>;
  /** Null when there is none. */
  readonly apiUrl?: Written<string | null>;
}

/** `down`: to a child. `up`: to an owner. `subscription`: to a subscriber. */
export type Direction = 'down' | 'up' | 'subscription';

/** One delivery over a link. Deliveries of a link are numbered from 1; a new epoch starts the numbers again. */
export interface LinkMessage {
  readonly kind: 'link';
  readonly direction: Direction;
  /** Workflow id of the sender. */
  readonly from: string;
  readonly epoch: number;
  readonly seq: number;
  readonly patches: readonly Patch[];
  readonly inherit?: Inheritance;
  /** Whether the sender waits for an acknowledgement. */
  readonly ack?: true;
}

/** The receiver of a link has got a delivery and all before it; or, with `resync`, it lost what it had and asks for everything. */
export interface AckMessage {
  readonly kind: 'ack';
  readonly direction: Direction;
  readonly from: string;
  readonly epoch: number;
  readonly seq: number;
  readonly resync?: true;
}

/** A delivery to one receiver. */
export interface Target {
  /** Workflow id of the receiver. */
  readonly to: string;
  readonly epoch: number;
  readonly seq: number;
}

/** A delivery that did not get through. `gone`: there is no such workflow any more. */
export interface FailedTarget extends Target {
  readonly gone?: boolean;
}

/** Why a load failed. Texts must hold no credential. */
export interface LoadError {
  readonly code: string;
  readonly message: string;
  /** Whether the credential was refused (401, 403). */
  readonly auth?: boolean;
  /** Milliseconds that the source asks to wait. */
  readonly retryAfterMs?: number;
}

/** How a workflow ended, as seen from its owner. */
export type Outcome = 'completed' | 'failed' | 'cancelled' | 'terminated' | 'gone';

export type MessageBody =
  // from clients
  | { readonly kind: 'change'; readonly id?: string; readonly changes: readonly Change[] }
  | { readonly kind: 'action'; readonly id: string; readonly action: string; readonly input: unknown }
  | { readonly kind: 'load'; readonly loader?: string }
  | {
      readonly kind: 'subscribe';
      readonly subscriber: string;
      readonly subscription: string;
      readonly selector: Selector;
    }
  | { readonly kind: 'unsubscribe'; readonly subscriber: string; readonly subscription: string }
  | { readonly kind: 'credential'; readonly credential: Credential }
  | { readonly kind: 'apiUrl'; readonly url: string | null }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'shutdown'; readonly how: 'cancel' | 'complete' }
  // from other workflows
  | LinkMessage
  | AckMessage
  | {
      readonly kind: 'attach';
      readonly owner: string;
      readonly epoch: number;
      readonly patches: readonly Patch[];
      readonly inherit?: Inheritance;
      readonly up?: Selector;
    }
  | {
      readonly kind: 'release';
      readonly owner: string;
      readonly epoch: number;
      readonly how: 'cancel' | 'complete' | 'abandon';
    }
  // from the shell, about what became of effects
  | {
      readonly kind: 'sent';
      readonly direction: Direction;
      readonly delivered: readonly Target[];
      readonly failed: readonly FailedTarget[];
    }
  | {
      readonly kind: 'loaded';
      readonly loader: string;
      readonly epoch: number;
      readonly changes: readonly Change[];
      readonly revision?: number;
      readonly etag?: string;
    }
  | { readonly kind: 'loadFailed'; readonly loader: string; readonly epoch: number; readonly error: LoadError }
  | { readonly kind: 'called'; readonly id: string; readonly result: Json; readonly error?: undefined }
  | { readonly kind: 'called'; readonly id: string; readonly error: string; readonly result?: undefined }
  | { readonly kind: 'childStarted'; readonly child: string; readonly epoch: number; readonly attached?: boolean }
  | { readonly kind: 'childStartFailed'; readonly child: string; readonly epoch: number; readonly error: string }
  | { readonly kind: 'childEnded'; readonly child: string; readonly epoch: number; readonly outcome: Outcome }
  // ends a cycle: what is due is done, what changed is told
  | { readonly kind: 'cycle' };

export type Message = MessageBody & Moment;

/**
 * A message that waits while the entity is paused, with the clock's reading when it came: what it writes counts as written
 * then. Absent in states that were carried before it was kept.
 */
export type HeldMessage = Message & { readonly came?: Clock };
