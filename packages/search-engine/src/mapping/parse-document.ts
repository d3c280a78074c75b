import { type Notation, numberNotations } from './decimal-numbers.ts';
import { refusingDeepNesting } from './deep-nesting.ts';
import { DynamicMapping } from './dynamic-mapping.ts';
import { IGNORED } from './ignored-field.ts';
import { javaText } from './java-text.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import type { LeafField } from './leaf-field.ts';
import type { Mapping } from './mapping.ts';
import type { ErrorCause } from './mapping-errors.ts';
import { causeOf, mapperParsingError, mappingError, PartError } from './mapping-errors.ts';
import type { Dynamic, MappingNode, ObjectNode } from './mapping-tree.ts';
import { METADATA_FIELDS } from './metadata-fields.ts';
import { MappingTree } from './parse-mapping.ts';
import type { ParsedDocument } from './parsed-document.ts';
import { ROUTING } from './routing-field.ts';
import { IMMENSE_TERM, ValueCollector } from './value-collector.ts';

/** A document as it is to be indexed. */
export interface DocumentSource {
  readonly id: string;
  readonly source: JsonObject;
  /** By which it is routed to a shard. */
  readonly routing?: string | undefined;
  /** The JSON that the source was parsed from: read only when new numbers come, to tell `1.0` from `1`. */
  readonly bytes?: Uint8Array;
  /** It was taken before, maybe by an earlier version that refused less. */
  readonly wasAccepted?: boolean;
}

const REFUSED_FIELDS: ReadonlySet<string> = new Set([...METADATA_FIELDS, '_doc_count']);
const PREVIEW_LENGTH = 1000;

/**
 * Reads a document. Throws `invalid-argument` when the mapping refuses it; nothing is changed then. New fields are in the returned mapping, which
 * is the caller's to keep.
 */
export function parseDocument(mapping: Mapping, document: DocumentSource): ParsedDocument {
  if (!(mapping instanceof MappingTree)) throw new TypeError('a mapping is made by parseMapping');
  return refusingDeepNesting(() => readDocument(mapping, document));
}

function readDocument(mapping: MappingTree, document: DocumentSource): ParsedDocument {
  const dynamic = new DynamicMapping(mapping.parameters, notationsOf(document));
  let current = mapping;
  for (;;) {
    const collector = new ValueCollector();
    new DocumentReader(current, document, collector, dynamic).readRoot();
    const additions = dynamic.take();
    if (additions === undefined) {
      const { values, ignoredPaths: ignored } = collector;
      for (const path of ignored) collector.string(IGNORED.column, path);
      if (document.routing !== undefined) collector.string(ROUTING.column, document.routing);
      const all = dynamic.toJson();
      return { values, ignored, mapping: current, ...(all === undefined ? {} : { dynamic: all }) };
    }
    // With very many new fields the merge itself would take long.
    current.checkFieldCount(dynamic.size);
    // New fields are rare, so the document is simply read again with them; a new field may copy its values to another new one.
    current = current.merge(additions);
  }
}

function notationsOf({ bytes }: DocumentSource): (path: string) => Notation {
  let notations: ReadonlyMap<string, Notation> | undefined;
  return (path) => {
    if (bytes === undefined) return 'whole';
    notations ??= numberNotations(Buffer.from(bytes).toString('utf8'));
    return notations.get(path) ?? 'whole';
  };
}

/** Null on its way to a field that is not mapped. */
const COPIED_NULL = Symbol('null');

/** Walks one document beside the mapping. */
class DocumentReader {
  readonly #mapping: MappingTree;
  readonly #document: DocumentSource;
  readonly #collector: ValueCollector;
  readonly #dynamic: DynamicMapping;

  constructor(mapping: MappingTree, document: DocumentSource, collector: ValueCollector, dynamic: DynamicMapping) {
    this.#mapping = mapping;
    this.#document = document;
    this.#collector = collector;
    this.#dynamic = dynamic;
  }

  readRoot(): void {
    if (!this.#mapping.root.enabled) return;
    this.#readObject(this.#document.source, this.#mapping.root, [], this.#mapping.root.dynamic ?? 'true');
  }

  /** `node` is undefined below a new object. */
  #readObject(object: JsonObject, node: ObjectNode | undefined, names: readonly string[], dynamic: Dynamic): void {
    for (const name in object) {
      const value = object[name];
      const child = node?.properties.get(name);
      if (child !== undefined) this.#readNode(value, child, name, names, dynamic);
      else if (name.includes('.')) this.#readDotted(value, name, node, names, dynamic);
      else this.#readUnmapped(value, name, names, dynamic);
    }
  }

  #readNode(value: unknown, node: MappingNode, name: string, names: readonly string[], dynamic: Dynamic): void {
    if (node.kind === 'leaf') this.#readLeaf(value, node.field);
    else if (node.kind === 'alias') {
      throw failedToParse({
        type: 'illegal_argument_exception',
        reason: `Cannot write to a field alias [${node.path}].`,
      });
    } else if (node.enabled) this.#readInner(value, node, [...names, name], node.dynamic ?? dynamic, name);
  }

  #readInner(
    value: unknown,
    node: ObjectNode | undefined,
    names: readonly string[],
    dynamic: Dynamic,
    shown: string | null,
  ): void {
    if (value === null) return;
    if (Array.isArray(value)) {
      for (const element of value) this.#readInner(element, node, names, dynamic, null);
    } else if (isJsonObject(value)) this.#readObject(value, node, names, dynamic);
    else {
      throw mapperParsingError(
        `object mapping for [${names.join('.')}] tried to parse field [${shown}] as object, but found a concrete value`,
      );
    }
  }

  /** A name with dots goes through objects as if they had been written. */
  #readDotted(
    value: unknown,
    dotted: string,
    node: ObjectNode | undefined,
    names: readonly string[],
    dynamic: Dynamic,
  ): void {
    const parts = splitName(dotted);
    let object = node;
    let inherited = dynamic;
    for (const [index, part] of parts.slice(0, -1).entries()) {
      const child = object?.properties.get(part);
      if (child !== undefined && child.kind !== 'object') {
        const type = child.kind === 'leaf' ? child.field.type : 'alias';
        if (type === 'flattened') {
          const rest = parts.slice(index + 1);
          this.#readNode(nest(rest, value), child, part, [...names, ...parts.slice(0, index)], inherited);
          return;
        }
        throw mapperParsingError(
          `Could not dynamically add mapping for field [${dotted}]. Existing mapping for [${child.path}] must be of type object but found [${type}].`,
        );
      }
      object = child;
      if (object?.enabled === false) return;
      inherited = object?.dynamic ?? inherited;
    }
    const last = parts[parts.length - 1]!;
    const parents = [...names, ...parts.slice(0, -1)];
    const child = object?.properties.get(last);
    if (child !== undefined) this.#readNode(value, child, last, parents, inherited);
    else this.#readUnmapped(value, last, parents, inherited);
  }

  #readUnmapped(value: unknown, name: string, names: readonly string[], dynamic: Dynamic): void {
    if (name === '')
      throw failedToParse({ type: 'illegal_argument_exception', reason: 'field name cannot be an empty string' });
    if (names.length === 0 && REFUSED_FIELDS.has(name)) this.#refuseMetadata(name, value);
    if (dynamic === 'false') return;
    if (dynamic === 'strict') {
      throw mappingError(
        'strict_dynamic_mapping_exception',
        `mapping set to strict, dynamic introduction of [${name}] within [${names.join('.') || '_doc'}] is not allowed`,
      );
    }
    this.#addDynamic(value, [...names, name]);
  }

  #addDynamic(value: unknown, names: readonly string[]): void {
    if (value === null || value === undefined) return;
    if (value === COPIED_NULL) throw copiedNull(names.at(-1) ?? '');
    if (Array.isArray(value)) {
      for (const element of value) this.#addDynamic(element, names);
    } else if (isJsonObject(value)) {
      this.#mapping.refuseFarTooDeep(names);
      if (this.#dynamic.addObject(names)) this.#readObject(value, undefined, names, 'true');
    } else this.#dynamic.addScalar(names, value);
  }

  #refuseMetadata(name: string, value: unknown): never {
    throw this.#valueRefused(name, name, value, {
      type: 'mapper_parsing_exception',
      reason: `Field [${name}] is a metadata field and cannot be added inside a document. Use the index API request parameters.`,
    });
  }

  #readLeaf(value: unknown, field: LeafField): void {
    if (Array.isArray(value)) {
      for (const element of value) this.#readLeaf(element, field);
      return;
    }
    this.#index(value, field);
    if (field.multiFields.size > 0) {
      for (const multiField of field.multiFields.values()) {
        this.#refuseRange(value, multiField, null);
        this.#readLeaf(value, multiField);
      }
    }
    for (const target of field.copyTo) this.#copy(value, field, target);
  }

  #index(given: unknown, field: LeafField): void {
    const value = given ?? field.nullValue;
    if (value === undefined || value === null) return;
    try {
      field.index(value, this.#collector);
    } catch (error) {
      const cause = causeOf(error);
      if (cause.causedBy?.type === IMMENSE_TERM) throw error;
      throw this.#valueRefused(field.path, field.type, error instanceof PartError ? error.part : value, cause);
    }
  }

  #copy(given: unknown, { path, nullValue }: LeafField, target: string): void {
    const leaf = this.#mapping.leaf(target);
    if (leaf === undefined) {
      const copied = given ?? (this.#document.wasAccepted ? null : COPIED_NULL);
      this.#readDotted(copied, target, this.#mapping.root, [], this.#mapping.root.dynamic ?? 'true');
      return;
    }
    const value = given ?? nullValue;
    if (value === undefined || value === null) return;
    this.#refuseRange(value, leaf, path);
    this.#index(value, leaf);
    for (const multiField of leaf.multiFields.values()) this.#index(value, multiField);
  }

  /** compat: a range that is an object has been read once it comes to a second field. */
  #refuseRange(value: unknown, { path, type, range }: LeafField, source: string | null): void {
    if (range === undefined || !isJsonObject(value)) return;
    const cause = {
      type: 'mapper_parsing_exception',
      reason: `error parsing field [${path}], expected an object but got ${source}`,
    };
    throw this.#valueRefused(path, type, null, cause);
  }

  #valueRefused(path: string, type: string, value: unknown, cause: ErrorCause): Error {
    const preview = javaText(value).slice(0, PREVIEW_LENGTH);
    return mapperParsingError(
      `failed to parse field [${path}] of type [${type}] in document with id '${this.#document.id}'. Preview of field's value: '${preview}'`,
      cause,
    );
  }
}

function failedToParse(cause: ErrorCause): Error {
  return mapperParsingError('failed to parse', cause);
}

/** compat: null says nothing of a new field's type. */
function copiedNull(name: string): Error {
  return failedToParse({
    type: 'illegal_state_exception',
    reason: `Can't handle serializing a dynamic type with content token [VALUE_NULL] and field name [${name}]`,
  });
}

function splitName(dotted: string): readonly string[] {
  const parts = dotted.split('.');
  // compat: dots at the end are let pass, those at the begin and in the middle are not.
  while (parts.length > 1 && parts[parts.length - 1] === '') parts.pop();
  if (parts.some((part) => part.trim() === '')) {
    throw failedToParse({
      type: 'illegal_argument_exception',
      reason: `object field starting or ending with a [.] makes object resolution ambiguous: [${dotted}]`,
    });
  }
  return parts;
}

function nest(names: readonly string[], value: unknown): unknown {
  return names.reduceRight((inner, name) => ({ [name]: inner }), value);
}
