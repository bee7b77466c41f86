import { choice, instant, int, key, many, num, optional, record, str, type Field } from '@tributary/stateful-workflow';
import { HEALTHS, type Health } from './health.js';

// The fields of the model by what they mean, with types of our own, which declarations of other packages can name.

export interface Key extends Field<string> {
  readonly kind: 'key';
}

export type Optional<T> = Field<T> & { readonly optional: true };

export interface Many<T extends string> extends ReturnType<typeof many<T>> {
  readonly relation: 'many';
}

export const id = (): Key => key();
export const name = (): Field<string> => str({ min: 1, max: 300 });
export const shortText = (): Field<string> => str({ min: 1, max: 100 });
export const kind = (): Field<'catalog' | 'launchpad'> => choice('catalog', 'launchpad');
/** A multiple of the interval at which a dataset is meant to be loaded. */
export const multiple = (): Field<number> => num({ min: 0, max: 1000 });
export const whole = (): Field<number> => int({ min: 0 });
export const seconds = (): Field<number> => num({ min: 0 });
export const time = (): Field<string> => instant();
export const health = (): Optional<Health> => maybe(choice(...HEALTHS));
/** How many there are of each health. */
export const counts = (): Optional<Record<string, number>> => maybe(record(whole()));

export const maybe = <T>(field: Field<T>): Optional<T> => optional(field);
/** A set of entities that exist by themselves. */
export const some = <const T extends string>(target: T): Many<T> => many(target);
/** A set of entities that are deleted with the one that has them. */
export const parts = <const T extends string>(target: T): Many<T> => many(target, { cascade: true });
