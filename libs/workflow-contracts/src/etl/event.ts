/** One thing that somebody did, once: a row of the events table. */
export interface Event {
  /** Stable within its source: made from the source's own ids, the same in every run. */
  readonly id: string;
  /** What the event happened to: `bug-1`, `mp-505857`. */
  readonly parent_id: string;
  /** Monday of the UTC week, `YYYY-MM-DD`. */
  readonly week: string;
  /** Who did it; null where the source does not say. */
  readonly employee_id: string | null;
  /** `bug.commented`; the event catalogue lists them all. */
  readonly type: string;
  /** RFC 3339 in UTC with six digits of fraction. */
  readonly time_utc: string;
  /** The kind of source: `launchpad`. */
  readonly source_kind_id: string;
  /** What belongs to the event of this type; people stand in it by their employee id. */
  readonly relation_properties: Readonly<Record<string, unknown>>;
}

/** An event as a transformer makes it: with the source's names of people, which the load replaces by employee ids. */
export interface EventDraft {
  readonly id: string;
  readonly parentId: string;
  readonly type: string;
  /** As the source wrote it: RFC 3339, with or without a fraction. */
  readonly time: string;
  /** Source's name of who did it; null where the source does not say. */
  readonly actor: string | null;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Other people in it, by property; they join `properties` as employee ids. */
  readonly people?: Readonly<Record<string, string | readonly string[] | null>>;
}
