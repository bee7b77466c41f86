import type { Entity } from '../world/entities.js';
import { isoformat, type Micros } from '../world/time.js';
import type { World } from '../world/world.js';
import type { Caller } from './caller.js';
import { pathOf } from './paths.js';
import { isVisible } from './visibility.js';

export const VERSIONS = ['beta', '1.0', 'devel'] as const;
export type Version = (typeof VERSIONS)[number];

/** Stands in place of a value that the caller may not read. */
export const REDACTED = 'tag:launchpad.net:2008:redacted';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** How one request sees the world. */
export class View {
  constructor(
    readonly world: World,
    readonly version: Version,
    readonly caller: Caller,
    /** Root of the version, with a slash at its end. */
    readonly base: string,
    /** Root of the pages for people, with a slash at its end. */
    readonly web: string,
  ) {}

  sees(entity: Entity): boolean {
    return isVisible(entity, this.caller, this.world);
  }

  self(entity: Entity): string {
    return this.base + encodePath(pathOf(entity));
  }

  /** A link to an entity; redacted when the caller may not see it. People are named everywhere, whatever became of them. */
  link(entity: Entity | null): string | null {
    if (entity === null) return null;
    if (entity.type === 'person') return this.self(entity);
    return this.sees(entity) ? this.self(entity) : REDACTED;
  }

  date(time: Micros | null): string | null {
    return time === null ? null : isoformat(time);
  }

  typeLink(type: string): string {
    return `${this.base}#${type}`;
  }
}

export function encodePath(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/%2B/g, '+'))
    .join('/');
}
