import type { JsonObject } from './json.ts';
import type { LeafField } from './leaf-field.ts';

/** What happens to a name that the mapping does not have. */
export type Dynamic = 'true' | 'false' | 'strict';

/** An object of the mapping; the root's path is empty. */
export interface ObjectNode {
  readonly kind: 'object';
  readonly path: string;
  /** Undefined where an object takes what the one around it says. */
  readonly dynamic: Dynamic | undefined;
  /** Whether anything below is read. */
  readonly enabled: boolean;
  readonly properties: ReadonlyMap<string, MappingNode>;
}

interface LeafNode {
  readonly kind: 'leaf';
  readonly path: string;
  readonly field: LeafField;
}

/** Another name of a field, for queries only. */
interface AliasNode {
  readonly kind: 'alias';
  readonly path: string;
  readonly target: string;
}

export type MappingNode = ObjectNode | LeafNode | AliasNode;

/** Whatever stands in a mapping beside its properties. */
export interface RootParameters {
  readonly dateDetection: boolean;
  readonly numericDetection: boolean;
  readonly dynamicDateFormats: readonly string[];
  /** In Elasticsearch's own form; checked when they were parsed. */
  readonly dynamicTemplates: readonly JsonObject[];
  readonly sourceEnabled: boolean;
  /** Those that were given, in Elasticsearch's own form and order of output. */
  readonly given: JsonObject;
}

/** The path of a name below another path. */
export function joinPath(parent: string, name: string): string {
  return parent === '' ? name : `${parent}.${name}`;
}
