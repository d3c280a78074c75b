import { DaybookError, isDaybookError } from '@daybook/errors';
import type { Analysis } from '../analysis/analysis.ts';
import { parseAnalysis } from '../analysis/parse-analysis.ts';
import { refusingDeepNesting } from './deep-nesting.ts';
import type { FieldType } from './field-type.ts';
import { FlattenedField } from './field-types/flattened.ts';
import { IGNORED } from './ignored-field.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import type { LeafField } from './leaf-field.ts';
import type { Mapping } from './mapping.ts';
import { mapperParsingError, mappingError } from './mapping-errors.ts';
import type { MappingNode, ObjectNode, RootParameters } from './mapping-tree.ts';
import { mergeObjects } from './merge-mapping.ts';
import { refuseMetadataFields } from './metadata-fields.ts';
import { parseObject } from './parse-properties.ts';
import { parseSimilarities } from './parse-similarities.ts';
import { checkRouting, mergeRootParameters, parseRootParameters } from './root-parameters.ts';
import { ROUTING } from './routing-field.ts';
import { type Similarities, withClassic } from './similarities.ts';
import { matchesSimplePattern } from './simple-pattern.ts';

/** What a mapping depends on besides its JSON: settings of its index. */
export interface MappingOptions {
  /** Default: the analyzers that every index has. */
  readonly analysis?: Analysis;
  /** Default: those that every index has. */
  readonly similarities?: Similarities;
  /** `index.mapping.total_fields.limit`: objects, fields, multi-fields and aliases; default 1000. */
  readonly totalFieldsLimit?: number;
  /** `index.mapping.depth.limit`; default 20. */
  readonly depthLimit?: number;
  /** Whether an index is made with it: what is wrong in one place is then told as wrong with the mapping as a whole. */
  readonly isNew?: boolean;
  /** Whether it was taken before, maybe by an older version that refused less. */
  readonly isStored?: boolean;
}

type ResolvedMappingOptions = Required<Omit<MappingOptions, 'isStored'>>;

/** So many times the limit. */
const FAR_TOO_MANY = 10;

/** Parses a mapping in Elasticsearch's own form; a wrong one is `invalid-argument` (`mapper_parsing_exception`). */
export function parseMapping(json: JsonObject, options: MappingOptions = {}): MappingTree {
  const resolved = {
    analysis: options.analysis ?? parseAnalysis({}),
    similarities: options.similarities ?? parseSimilarities({}),
    totalFieldsLimit: options.totalFieldsLimit ?? 1000,
    depthLimit: options.depthLimit ?? 20,
    isNew: options.isNew ?? false,
  };
  return refusingDeepNesting(() => {
    const { analysis, similarities, isNew } = resolved;
    const context = {
      analysis,
      similarities: isNew ? similarities : withClassic(similarities),
      isStored: options.isStored ?? false,
    };
    const read = () => [parseRootParameters(json), parseObject(json, '', context)] as const;
    // What there is may be beyond limits that were lowered since.
    if (!isNew) return new MappingTree(...read(), resolved);
    refuseFarTooManyFields(json, resolved.totalFieldsLimit);
    const readNew = () => {
      checkRouting(json);
      const [parameters, root] = read();
      refuseMetadataFields(root);
      return [parameters, root] as const;
    };
    return new MappingTree(...ofWholeMapping(readNew), resolved).withinLimits();
  });
}

/** compat: the prefix stands before mistakes in a place of the mapping, not before those between places such as aliases and limits. */
function ofWholeMapping<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isDaybookError(error, 'invalid-argument')) throw error;
    const message = `Failed to parse mapping [_doc]: ${error.message}`;
    throw new DaybookError('invalid-argument', message, {
      detail: { reason: 'mapper_parsing_exception' },
      cause: error,
    });
  }
}

/** The mapping as a tree, which the reader of documents walks beside the document. */
export class MappingTree implements Mapping {
  readonly parameters: RootParameters;
  readonly root: ObjectNode;
  readonly #options: ResolvedMappingOptions;
  readonly #leaves = new Map<string, LeafField>();
  readonly #aliases = new Map<string, string>();
  /** Multi-field → the field that it belongs to. */
  readonly #owners = new Map<string, string>();
  readonly #flattened: FlattenedField[] = [];
  readonly #objects: string[] = [];

  constructor(parameters: RootParameters, root: ObjectNode, options: ResolvedMappingOptions) {
    this.parameters = parameters;
    this.root = root;
    this.#options = options;
    this.#collect(root);
    this.#objects.sort();
    for (const [path, target] of this.#aliases) this.#checkAlias(path, target);
  }

  /** Refuses more fields, or deeper ones, than the limits allow. */
  withinLimits(): this {
    this.#checkDepth(this.root, 1);
    this.checkFieldCount(this.#leaves.size + this.#aliases.size + this.#objects.length);
    return this;
  }

  #checkDepth(node: ObjectNode, depth: number): void {
    for (const child of node.properties.values()) {
      if (child.kind !== 'object') continue;
      if (depth >= this.#options.depthLimit) {
        throw tooDeep(this.#options.depthLimit, child.path);
      }
      this.#checkDepth(child, depth + 1);
    }
  }

  get sourceEnabled(): boolean {
    return this.parameters.sourceEnabled;
  }

  #collect(node: ObjectNode): void {
    for (const child of node.properties.values()) {
      if (child.kind === 'alias') this.#aliases.set(child.path, child.target);
      else if (child.kind === 'leaf') this.#addLeaf(child.field);
      else {
        this.#objects.push(child.path);
        this.#collect(child);
      }
    }
  }

  #addLeaf(field: LeafField): void {
    this.#leaves.set(field.path, field);
    if (field instanceof FlattenedField) this.#flattened.push(field);
    for (const multiField of field.multiFields.values()) {
      this.#owners.set(multiField.path, field.path);
      this.#addLeaf(multiField);
    }
  }

  #checkAlias(path: string, target: string): void {
    const problem =
      path === target
        ? 'an alias cannot refer to itself.'
        : this.#aliases.has(target)
          ? 'an alias cannot refer to another alias.'
          : this.field(target) === undefined
            ? 'an alias must refer to an existing field in the mappings.'
            : undefined;
    if (problem !== undefined) {
      throw mapperParsingError(`Invalid [path] value [${target}] for field alias [${path}]: ${problem}`);
    }
  }

  toJson(): JsonObject {
    const { dynamic, ...others } = this.parameters.given;
    return {
      ...(dynamic === undefined ? {} : { dynamic }),
      ...(this.root.enabled ? {} : { enabled: false }),
      ...others,
      ...propertiesToJson(this.root),
    };
  }

  /** Refuses a new object that is far deeper than the limit allows, before what is in it is read: each level takes longer than the one above. */
  refuseFarTooDeep(names: readonly string[]): void {
    const { depthLimit } = this.#options;
    if (names.length > depthLimit * FAR_TOO_MANY) throw tooDeep(depthLimit, names.slice(0, depthLimit).join('.'));
  }

  /** Refuses more fields than the limit allows. */
  checkFieldCount(count: number): void {
    const { totalFieldsLimit } = this.#options;
    if (count > totalFieldsLimit) throw tooManyFields(totalFieldsLimit);
  }

  merge(json: JsonObject): MappingTree {
    return refusingDeepNesting(() => {
      refuseFarTooManyFields(json, this.#options.totalFieldsLimit);
      const added = parseObject(json, '', this.#options);
      refuseMetadataFields(added);
      const parameters = mergeRootParameters(this.parameters, json);
      return new MappingTree(parameters, mergeObjects(this.root, added), this.#options).withinLimits();
    });
  }

  field(path: string): FieldType | undefined {
    const target = this.#aliases.get(path) ?? path;
    const leaf = this.#leaves.get(target);
    if (leaf !== undefined) return leaf;
    if (target === IGNORED.path) return IGNORED;
    if (target === ROUTING.path) return ROUTING;
    for (const parent of this.#flattened) {
      if (target.startsWith(parent.path) && target[parent.path.length] === '.') {
        return parent.key(target.slice(parent.path.length + 1));
      }
    }
    return undefined;
  }

  /** The leaf itself, for the reader of documents. */
  leaf(path: string): LeafField | undefined {
    return this.#leaves.get(path);
  }

  fields(): readonly FieldType[] {
    return [...this.#leaves.keys()].sort().map((path) => this.#leaves.get(path)!);
  }

  matchingFields(pattern: string): readonly string[] {
    if (!pattern.includes('*')) return this.field(pattern) === undefined ? [] : [pattern];
    return [...this.#leaves.keys(), ...this.#aliases.keys()]
      .filter((name) => matchesSimplePattern(pattern, name))
      .sort();
  }

  sourcePaths(path: string): readonly string[] {
    const owner = this.#owners.get(path) ?? path;
    const copied = [...this.#leaves.values()].filter(({ copyTo }) => copyTo.includes(owner));
    return [...copied.map((field) => field.path), owner];
  }

  objects(): readonly string[] {
    return this.#objects;
  }
}

/** Reading millions of fields takes minutes. Where it is only some too many, mistakes in them are told first. */
function refuseFarTooManyFields(json: JsonObject, limit: number): void {
  if (countFields(json, limit * FAR_TOO_MANY) > limit * FAR_TOO_MANY) throw tooManyFields(limit);
}

/** Fields and objects of a mapping's JSON, at any depth; it may stop when there are more than `enough`. */
function countFields({ properties }: JsonObject, enough: number): number {
  if (!isJsonObject(properties)) return 0;
  let count = 0;
  for (const name in properties) {
    const child = properties[name];
    count += 1 + (isJsonObject(child) ? countFields(child, enough - count) : 0);
    if (count > enough) break;
  }
  return count;
}

function tooDeep(limit: number, path: string): DaybookError {
  return mappingError(
    'illegal_argument_exception',
    `Limit of mapping depth [${limit}] has been exceeded due to object field [${path}]`,
  );
}

function tooManyFields(limit: number): DaybookError {
  return mappingError('illegal_argument_exception', `Limit of total fields [${limit}] has been exceeded`);
}

function nodeToJson(node: MappingNode): JsonObject {
  if (node.kind === 'leaf') return node.field.toJson();
  if (node.kind === 'alias') return { type: 'alias', path: node.target };
  return {
    // compat: an object without properties says that it is one.
    ...(node.properties.size === 0 ? { type: 'object' } : {}),
    ...(node.dynamic === undefined ? {} : { dynamic: node.dynamic }),
    ...(node.enabled ? {} : { enabled: false }),
    ...propertiesToJson(node),
  };
}

function propertiesToJson(node: ObjectNode): JsonObject {
  if (node.properties.size === 0) return {};
  const names = [...node.properties.keys()].sort();
  return { properties: Object.fromEntries(names.map((name) => [name, nodeToJson(node.properties.get(name)!)])) };
}
