import type { FieldType } from './field-type.ts';
import type { JsonObject } from './json.ts';

/**
 * The fields of one index and how documents are read with them. Immutable: {@link Mapping.merge} makes a new one, so a reader may keep
 * what it has. Made by `parseMapping`; documents are read with `parseDocument`.
 */
export interface Mapping {
  /** In Elasticsearch's own form: properties sorted by name, parameters that are defaults left out. */
  toJson(): JsonObject;
  /** Adds fields and changes those parameters that may change. A conflict is `invalid-argument` (`illegal_argument_exception`). */
  merge(json: JsonObject): Mapping;
  /** The field of that path: aliases lead to their target, and each key of a flattened field is a field. */
  field(path: string): FieldType | undefined;
  /** Every concrete field, multi-fields included and aliases not, in the order of paths. */
  fields(): readonly FieldType[];
  /** Every field name, aliases included, that matches a pattern in which `*` stands for anything; in the order of names. */
  matchingFields(pattern: string): readonly string[];
  /** Where the values of a concrete field stand in a source: a multi-field's with its parent; those that are copied to it first. */
  sourcePaths(path: string): readonly string[];
  /** Paths of object fields, in the order of paths. */
  objects(): readonly string[];
  /** Whether the source of documents is kept. */
  readonly sourceEnabled: boolean;
}
