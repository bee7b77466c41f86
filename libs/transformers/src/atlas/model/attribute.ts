import type { EntityType } from '@tributary/workflow-contracts/sql-metadata';

/** Type of an attribute: of Atlas, or a reference to entities. */
export type AttributeType =
  | 'string'
  | 'boolean'
  | 'int'
  | 'long'
  | 'date'
  | 'array<string>'
  | { readonly reference: readonly EntityType[]; readonly many?: true };

/** What an attribute holds; absent from an entity when it has no value, unless required. */
export interface AttributeModel {
  readonly type: AttributeType;
  readonly required?: true;
  readonly description: string;
}

export type AttributeModels = Readonly<Record<string, AttributeModel>>;

/** One entity type. */
export interface EntityModel {
  readonly description: string;
  /** Whether Atlan's own model has the type; others need the typedefs. */
  readonly standard: boolean;
  /** Standard type that it is a kind of and has the attributes of. @default "SQL" */
  readonly superType?: 'Table';
  readonly attributes: AttributeModels;
  readonly customAttributes: AttributeModels;
}

export const required = (type: AttributeType, description: string): AttributeModel => ({ type, required: true, description });
export const optional = (type: AttributeType, description: string): AttributeModel => ({ type, description });
