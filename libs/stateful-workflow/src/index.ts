export type { Duration } from './definitions/duration.js';
export { entity, many, model, one } from './definitions/entity.js';
export type {
  Draft,
  DraftMany,
  DraftOne,
  Entities,
  Entity,
  EntityShape,
  FieldsOf,
  ManyRelation,
  Model,
  NewEntity,
  OneRelation,
  Relation,
  View,
} from './definitions/entity.js';
export { bool, choice, instant, int, json, key, list, num, obj, optional, record, str } from './definitions/fields.js';
export type {
  ChoiceField,
  Field,
  KeyField,
  ListField,
  NumberField,
  ObjectField,
  OptionalField,
  RecordField,
  Shape,
  TextField,
  ValueOf,
  Values,
} from './definitions/fields.js';
export { action, changed, loader, own, rollup } from './definitions/parts.js';
export type {
  Action,
  ActionContext,
  ActionOptions,
  CredentialSource,
  Ending,
  Loader,
  LoaderOptions,
  OwnOptions,
  Ownership,
  Restart,
  Rollup,
  Selector,
} from './definitions/parts.js';
export { DEFAULT_LIMITS, entityWorkflow } from './definitions/workflow.js';
export type {
  ActionInput,
  ActionResult,
  CarriedValues,
  EntityWorkflow,
  Limits,
  Migration,
  ViewResult,
  WorkflowOptions,
} from './definitions/workflow.js';
export {
  STATEFUL_ACTION_FAILED,
  STATEFUL_CARRY_INVALID,
  STATEFUL_CLOSED,
  STATEFUL_DEFINITION_INVALID,
  STATEFUL_ENTITY_UNKNOWN,
  STATEFUL_INBOX_FULL,
  STATEFUL_LITERAL_REFUSED,
  STATEFUL_MESSAGE_INVALID,
} from './errors.js';
export type { Json } from './json.js';
export type { Change, DeleteChange, PutChange, RelateChange, ReplaceChange, UpdateChange } from './state/changes.js';
export type { Patch, RelationChange } from './state/patch.js';
