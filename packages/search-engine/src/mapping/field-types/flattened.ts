import type { QueryValue, RangeQuery } from '../../query/query.ts';
import type { Similarity } from '../../text/similarity.ts';
import type { FieldType, ValueCondition } from '../field-type.ts';
import { isJsonObject } from '../json.ts';
import type { FieldSite, FieldTypeDefinition, ValueSink } from '../leaf-field.ts';
import { COMMON_PARAMETERS, LeafField } from '../leaf-field.ts';
import { valueError } from '../mapping-errors.ts';
import { booleanParameter, integerParameter, parseParameters, stringParameter } from '../parameter.ts';
import { stringRange } from '../value-range.ts';

const PARAMETERS = {
  ...COMMON_PARAMETERS,
  depth_limit: integerParameter(20, { updatable: true, min: 1 }),
  ignore_above: integerParameter(2_147_483_647, { updatable: true }),
  null_value: stringParameter(undefined, { updatable: true }),
  eager_global_ordinals: booleanParameter(false, { updatable: true }),
  index_options: stringParameter('docs', { among: ['docs', 'freqs'] }),
  similarity: stringParameter(undefined),
  split_queries_on_whitespace: booleanParameter(false, { updatable: true }),
};

/** Between the key and the value in the column that the keys share; no key may hold it. */
const SEPARATOR = '\u0000';

/** A whole JSON object in two columns: its leaves' values, and those with their key before them. */
export class FlattenedField extends LeafField {
  override readonly form = 'string';
  readonly #depthLimit: number;
  readonly #ignoreAbove: number;

  constructor(site: FieldSite) {
    const parameters = parseParameters(PARAMETERS, site.json, { path: site.path, type: 'flattened' });
    super(flattened, site, parameters);
    this.#depthLimit = parameters.depth_limit;
    this.#ignoreAbove = parameters.ignore_above;
  }

  /** The column that the keys share. */
  get keyedColumn(): string {
    return `${this.path}._keyed`;
  }

  index(value: unknown, sink: ValueSink): void {
    if (!isJsonObject(value)) {
      throw valueError(`Failed to parse object: expecting token of type [START_OBJECT] but found a value`, {
        type: 'parsing_exception',
      });
    }
    this.#walk(value, '', 1, sink);
  }

  #walk(object: unknown, key: string, depth: number, sink: ValueSink): void {
    if (Array.isArray(object)) {
      for (const element of object) this.#walk(element, key, depth, sink);
    } else if (isJsonObject(object)) {
      if (depth > this.#depthLimit) {
        throw valueError(
          `The provided [flattened] field [${this.path}] exceeds the maximum depth limit of [${this.#depthLimit}].`,
        );
      }
      for (const [name, value] of Object.entries(object)) {
        if (name.includes(SEPARATOR)) {
          throw valueError(`Do not include the reserved separator \\0 in keys: [${name.replaceAll(SEPARATOR, '\\0')}]`);
        }
        this.#walk(value, key === '' ? name : `${key}.${name}`, depth + 1, sink);
      }
    } else this.#leaf(object ?? this.nullValue, key, sink);
  }

  #leaf(value: unknown, key: string, sink: ValueSink): void {
    if (value === undefined) return;
    const text = String(value);
    if (text.length > this.#ignoreAbove) return;
    sink.string(this.column, text);
    sink.string(this.keyedColumn, key + SEPARATOR + text);
  }

  termCondition(value: QueryValue): ValueCondition {
    return { type: 'term', value: String(value) };
  }

  rangeCondition(range: RangeQuery): ValueCondition {
    return stringRange(range, String);
  }

  /** The field of one key, dots included. */
  key(key: string): FieldType {
    return new FlattenedKey(this, key);
  }
}

class FlattenedKey implements FieldType {
  readonly form = 'string';
  readonly type = 'flattened';
  readonly path: string;
  readonly columnPrefix: string;
  readonly #parent: FlattenedField;

  constructor(parent: FlattenedField, key: string) {
    this.#parent = parent;
    this.path = `${parent.path}.${key}`;
    this.columnPrefix = key + SEPARATOR;
  }

  get column(): string {
    return this.#parent.keyedColumn;
  }

  get indexed(): boolean {
    return this.#parent.indexed;
  }

  get docValues(): boolean {
    return this.#parent.docValues;
  }

  get stored(): boolean {
    return false;
  }

  get boost(): number {
    return this.#parent.boost;
  }

  get similarity(): Similarity {
    return this.#parent.similarity;
  }

  toJson(): ReturnType<FieldType['toJson']> {
    return this.#parent.toJson();
  }

  termCondition(value: QueryValue): ValueCondition {
    return { type: 'term', value: this.columnPrefix + String(value) };
  }

  rangeCondition(range: RangeQuery): ValueCondition {
    const condition = stringRange(range, (bound) => this.columnPrefix + String(bound));
    return condition.type === 'range' ? { ...this.#whole(), ...condition, ...this.#open(range) } : condition;
  }

  existsCondition(): ValueCondition {
    return this.#whole();
  }

  normalizeTerm(text: string): string {
    return text;
  }

  formatter(): undefined {
    return undefined;
  }

  indexedValues(value: unknown): readonly string[] {
    return value === null || typeof value === 'object' ? [] : [String(value)];
  }

  /** Everything that begins with the key: up to the next character after the separator. */
  #whole(): ValueCondition & { type: 'range' } {
    const after = `${this.columnPrefix.slice(0, -1)}\u0001`;
    return { type: 'range', lower: this.columnPrefix, includeLower: true, upper: after, includeUpper: false };
  }

  /** A side that the query leaves open ends where the key ends. */
  #open(range: RangeQuery): { includeUpper?: boolean } {
    return range.lte === undefined && range.lt === undefined ? { includeUpper: false } : {};
  }
}

/** Objects whose keys are not known beforehand, kept as keywords. */
export const flattened: FieldTypeDefinition = {
  name: 'flattened',
  parameters: PARAMETERS,
  build: (site) => new FlattenedField(site),
};
