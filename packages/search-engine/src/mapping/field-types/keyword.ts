import type { Normalizer } from '../../analysis/analyzer.ts';
import type { QueryValue, RangeQuery } from '../../query/query.ts';
import type { FieldTypeName, ValueCondition } from '../field-type.ts';
import type { FieldSite, FieldTypeDefinition, ValueSink } from '../leaf-field.ts';
import { COMMON_PARAMETERS, LeafField } from '../leaf-field.ts';
import { mapperParsingError, valueError } from '../mapping-errors.ts';
import type { ParameterValues } from '../parameter.ts';
import {
  booleanParameter,
  integerParameter,
  parseParameters,
  similarityParameter,
  stringParameter,
} from '../parameter.ts';
import { stringRange } from '../value-range.ts';

const PARAMETERS = {
  ...COMMON_PARAMETERS,
  null_value: stringParameter(undefined),
  eager_global_ordinals: booleanParameter(false, { updatable: true }),
  ignore_above: integerParameter(2_147_483_647, { updatable: true }),
  index_options: stringParameter('docs', { among: ['docs', 'freqs'] }),
  norms: booleanParameter(false, { updatable: true }),
  similarity: similarityParameter(),
  normalizer: stringParameter(undefined),
  split_queries_on_whitespace: booleanParameter(false, { updatable: true }),
};

class KeywordField extends LeafField {
  override readonly form = 'string';
  readonly #ignoreAbove: number;
  readonly #normalizer: Normalizer | undefined;

  constructor(definition: FieldTypeDefinition, site: FieldSite, parameters: ParameterValues<typeof PARAMETERS>) {
    super(definition, site, parameters);
    this.#ignoreAbove = parameters.ignore_above;
    if (parameters.normalizer !== undefined && parameters.normalizer !== 'default') {
      this.#normalizer = site.analysis.normalizer(parameters.normalizer);
      if (this.#normalizer === undefined) {
        throw mapperParsingError(`normalizer [${parameters.normalizer}] not found for field [${site.path}]`);
      }
    }
  }

  index(value: unknown, sink: ValueSink): void {
    const text = textOf(value);
    // compat: what is too long is not counted among the ignored fields.
    if (text.length <= this.#ignoreAbove) sink.string(this.column, this.normalizeTerm(text));
  }

  termCondition(value: QueryValue): ValueCondition {
    return { type: 'term', value: this.normalizeTerm(String(value)) };
  }

  rangeCondition(range: RangeQuery): ValueCondition {
    return stringRange(range, (bound) => this.normalizeTerm(String(bound)));
  }

  override normalizeTerm(text: string): string {
    return this.#normalizer === undefined ? text : this.#normalizer.normalize(text);
  }
}

/** The text of a scalar; an object is refused as Elasticsearch refuses it. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object')
    throw valueError("Can't get text on a START_OBJECT", { type: 'illegal_state_exception' });
  return String(value);
}

/** Whole strings, compared exactly. */
export const keyword: FieldTypeDefinition = wholeStrings('keyword');

/** Of the meta field of routing values; no mapping can name it. */
export const routing: FieldTypeDefinition = wholeStrings('_routing');

function wholeStrings(type: FieldTypeName): FieldTypeDefinition {
  const definition: FieldTypeDefinition = {
    name: type,
    parameters: PARAMETERS,
    build: (site) =>
      new KeywordField(definition, site, parseParameters(PARAMETERS, site.json, { path: site.path, type })),
  };
  return definition;
}
