import type { FieldValues } from './field-values.ts';
import type { JsonObject } from './json.ts';
import type { Mapping } from './mapping.ts';

/** What a document puts into the index. */
export interface ParsedDocument {
  /** By {@link FieldType.column}; only columns that have a value. */
  readonly values: ReadonlyMap<string, FieldValues>;
  /** Paths of fields whose values were left out: too long, or malformed where the mapping lets that pass. */
  readonly ignored: readonly string[];
  /** The mapping that the values follow: the one given, or it with the document's new fields merged in. */
  readonly mapping: Mapping;
  /** The new fields in the form of a mapping; absent when the document brought none. */
  readonly dynamic?: JsonObject;
}
