import { hashOf } from '../state/persistent-map.js';

/** A number from 0 up to 1 for `key`, drawn from the one number that a message brings: keys get different ones, replays the same. */
export function draw(random: number, key: string): number {
  return hashOf(`${key}#${random}`) / 2 ** 32;
}

/** Wait before try number `failures` + 1: doubles from `baseMs` up to `maxMs`, of which a random half is taken away. */
export function backoffMs(failures: number, baseMs: number, maxMs: number, chance: number): number {
  const whole = Math.min(maxMs, baseMs * 2 ** Math.min(Math.max(failures - 1, 0), 30));
  return Math.round(whole * (0.5 + chance / 2));
}

/** An interval moved by up to `jitter` of it either way; the deeper in a tree, the more of the jitter counts, for there are more alike. */
export function jittered(everyMs: number, jitter: number, level: number, chance: number): number {
  return Math.max(1, Math.round(everyMs * (1 + jitter * ((level + 1) / (level + 2)) * (2 * chance - 1))));
}
