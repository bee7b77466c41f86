export type { Json, Page, Query, Session, Source, Unit, UnitContext, Window } from './source.js';
