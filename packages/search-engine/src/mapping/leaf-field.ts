import type { Analysis } from '../analysis/analysis.ts';
import type { Analyzer } from '../analysis/analyzer.ts';
import type { QueryValue, RangeQuery } from '../query/query.ts';
import type { Similarity } from '../text/similarity.ts';
import type {
  FieldType,
  FieldTypeName,
  IndexOptions,
  QueryTime,
  RangeForm,
  ValueCondition,
  ValueFormatter,
} from './field-type.ts';
import type { IndexedValue, ValueForm } from './field-values.ts';
import type { FrequencyFilter } from './frequency-filter.ts';
import type { JsonObject } from './json.ts';
import { mapperParsingError } from './mapping-errors.ts';
import type { Parameter, Parameters } from './parameter.ts';
import { booleanParameter, boostParameter, metaParameter, parametersToJson, stringsParameter } from './parameter.ts';
import { classicError } from './parse-similarities.ts';
import type { KeyBits } from './range/range-kind.ts';
import type { Similarities } from './similarities.ts';

/** Takes the values that a field makes of a document's JSON. */
export interface ValueSink {
  string(column: string, value: string): void;
  number(column: string, value: number): void;
  text(column: string, value: string): void;
  /** A range by its keys, which both belong to it. */
  range(column: string, bits: KeyBits, lowest: bigint, highest: bigint): void;
  /** A value was left out. */
  ignored(path: string): void;
}

/** What the fields of one index name. */
export interface FieldContext {
  readonly analysis: Analysis;
  readonly similarities: Similarities;
  /** Whether it was taken before: values of parameters that are refused since count as not given. */
  readonly isStored?: boolean;
}

/** What a field type is made from. */
export interface FieldSite extends FieldContext {
  readonly path: string;
  readonly json: JsonObject;
}

/** How the values of one type are read; registered under its name in field-types.ts. */
export interface FieldTypeDefinition {
  readonly name: FieldTypeName;
  readonly parameters: Parameters;
  /** Makes the field without its multi-fields. Throws `invalid-argument` (`mapper_parsing_exception`). */
  build(site: FieldSite): LeafField;
}

/** Parameters that every leaf takes. */
export const COMMON_PARAMETERS: {
  readonly index: Parameter<boolean>;
  readonly doc_values: Parameter<boolean>;
  readonly store: Parameter<boolean>;
  readonly copy_to: Parameter<readonly string[]>;
  readonly boost: Parameter<number | undefined>;
  readonly meta: Parameter<unknown>;
} = {
  index: booleanParameter(true),
  doc_values: booleanParameter(true),
  store: booleanParameter(false),
  copy_to: stringsParameter(),
  boost: boostParameter(),
  meta: metaParameter(),
};

/** The values of {@link COMMON_PARAMETERS} and whatever else the type has. */
export interface LeafParameters {
  readonly index: boolean;
  readonly doc_values?: boolean;
  readonly store: boolean;
  readonly copy_to: readonly string[];
  readonly boost?: number | undefined;
  readonly [name: string]: unknown;
}

function similarityOf(name: unknown, { path, similarities }: FieldSite): Similarity {
  if (typeof name !== 'string') return similarities.byDefault;
  const similarity = similarities.named(name);
  if (similarity !== undefined) return similarity;
  throw name === 'classic'
    ? classicError()
    : mapperParsingError(`Unknown Similarity type [${name}] for field [${path}]`);
}

/** A field that holds values: the base of every field type. */
export abstract class LeafField implements FieldType {
  abstract readonly form: ValueForm;
  readonly path: string;
  readonly type: FieldTypeName;
  readonly indexed: boolean;
  readonly docValues: boolean;
  readonly stored: boolean;
  /** Fields that take this field's values as well. */
  readonly copyTo: readonly string[];
  /** Parsed parameters by name. */
  readonly parameters: LeafParameters;
  /** The same values indexed in other ways, by their last name. */
  multiFields: ReadonlyMap<string, LeafField> = new Map();
  readonly similarity: Similarity;
  readonly boost: number;
  readonly norms?: boolean;
  readonly indexOptions?: IndexOptions;
  readonly analyzer?: Analyzer;
  readonly searchAnalyzer?: Analyzer;
  readonly searchQuoteAnalyzer?: Analyzer;
  readonly fieldDataFilter?: FrequencyFilter | undefined;
  readonly #definition: FieldTypeDefinition;
  readonly #given: JsonObject;

  constructor(definition: FieldTypeDefinition, site: FieldSite, parameters: LeafParameters) {
    this.#definition = definition;
    this.#given = site.json;
    this.path = site.path;
    this.type = definition.name;
    this.parameters = parameters;
    this.indexed = parameters.index;
    this.docValues = parameters.doc_values ?? false;
    this.stored = parameters.store;
    this.copyTo = parameters.copy_to;
    this.boost = parameters.boost ?? 1;
    this.similarity = similarityOf(parameters.similarity, site);
  }

  get column(): string {
    return this.path;
  }

  get columnPrefix(): string {
    return '';
  }

  get range(): RangeForm | undefined {
    return undefined;
  }

  get definition(): FieldTypeDefinition {
    return this.#definition;
  }

  /** Puts one JSON value that is neither a list nor null into the sink. Throws a `valueError` when it cannot be one of this type. */
  abstract index(value: unknown, sink: ValueSink): void;

  /** What stands for null, in the document's form; undefined where nothing does. */
  get nullValue(): unknown {
    return this.parameters.null_value;
  }

  abstract termCondition(value: QueryValue, time: QueryTime): ValueCondition;

  abstract rangeCondition(range: RangeQuery, time: QueryTime): ValueCondition;

  existsCondition(): ValueCondition {
    return { type: 'all' };
  }

  normalizeTerm(text: string): string {
    return text;
  }

  formatter(_format?: string, _timeZone?: string): ValueFormatter | undefined {
    return undefined;
  }

  indexedValues(given: unknown): readonly IndexedValue[] {
    const value = given ?? this.nullValue;
    if (value === null || value === undefined) return [];
    const values: IndexedValue[] = [];
    const add = (column: string, each: IndexedValue): void => {
      if (column === this.column) values.push(each);
    };
    this.index(value, { string: add, number: add, text: add, range: () => {}, ignored: () => {} });
    return values;
  }

  toJson(): JsonObject {
    const json: Record<string, unknown> = {
      type: this.type,
      ...parametersToJson(this.#definition.parameters, this.parameters, this.#given),
    };
    if (this.multiFields.size > 0) {
      const names = [...this.multiFields.keys()].sort();
      json.fields = Object.fromEntries(names.map((name) => [name, this.multiFields.get(name)!.toJson()]));
    }
    return json;
  }
}
