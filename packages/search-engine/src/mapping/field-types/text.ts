import type { Analyzer } from '../../analysis/analyzer.ts';
import type { QueryValue, RangeQuery } from '../../query/query.ts';
import type { IndexOptions, ValueCondition } from '../field-type.ts';
import { type FrequencyFilter, frequencyFilterParameter } from '../frequency-filter.ts';
import type { FieldSite, FieldTypeDefinition, ValueSink } from '../leaf-field.ts';
import { COMMON_PARAMETERS, LeafField } from '../leaf-field.ts';
import { mappingError } from '../mapping-errors.ts';
import type { ParameterValues } from '../parameter.ts';
import {
  booleanParameter,
  integerParameter,
  jsonParameter,
  parseParameters,
  similarityParameter,
  stringParameter,
  unusedParameter,
} from '../parameter.ts';
import { stringRange } from '../value-range.ts';
import { textOf } from './keyword.ts';

const { doc_values: _, ...COMMON_WITHOUT_DOC_VALUES } = COMMON_PARAMETERS;

const PARAMETERS = {
  ...COMMON_WITHOUT_DOC_VALUES,
  // compat: old mappings give it, and it says nothing.
  doc_values: unusedParameter(),
  analyzer: stringParameter(undefined, { shownDefault: 'default' }),
  search_analyzer: stringParameter(undefined, { updatable: true }),
  search_quote_analyzer: stringParameter(undefined, { updatable: true }),
  position_increment_gap: integerParameter(-1, { min: -1 }),
  index_options: stringParameter('positions', { among: ['positions', 'docs', 'freqs', 'offsets'] }),
  norms: booleanParameter(true, { updatable: true }),
  similarity: similarityParameter(),
  term_vector: stringParameter('no'),
  eager_global_ordinals: booleanParameter(false, { updatable: true }),
  fielddata: booleanParameter(false, { updatable: true }),
  fielddata_frequency_filter: frequencyFilterParameter(),
  index_phrases: booleanParameter(false),
  index_prefixes: jsonParameter({ updatable: false }),
};

class TextField extends LeafField {
  override readonly form = 'text';
  override readonly norms: boolean;
  override readonly indexOptions: IndexOptions;
  override readonly analyzer: Analyzer;
  override readonly searchAnalyzer: Analyzer;
  override readonly searchQuoteAnalyzer: Analyzer;
  override readonly fieldDataFilter: FrequencyFilter | undefined;

  constructor(site: FieldSite, parameters: ParameterValues<typeof PARAMETERS>) {
    super(text, site, { ...parameters, doc_values: parameters.fielddata });
    this.norms = parameters.norms;
    this.fieldDataFilter = parameters.fielddata_frequency_filter;
    this.indexOptions = parameters.index_options as IndexOptions;
    const named = (name: string | undefined): Analyzer | undefined =>
      name === undefined ? undefined : requireAnalyzer(name, site);
    const analyzer = named(parameters.analyzer) ?? requireAnalyzer('default', site);
    const gap = parameters.position_increment_gap;
    this.analyzer = gap < 0 ? analyzer : { ...analyzer, positionIncrementGap: gap };
    this.searchAnalyzer =
      named(parameters.search_analyzer) ??
      named(parameters.analyzer) ??
      site.analysis.analyzer('default_search') ??
      analyzer;
    this.searchQuoteAnalyzer = named(parameters.search_quote_analyzer) ?? this.searchAnalyzer;
  }

  index(value: unknown, sink: ValueSink): void {
    sink.text(this.column, textOf(value));
  }

  termCondition(value: QueryValue): ValueCondition {
    return { type: 'term', value: String(value) };
  }

  rangeCondition(range: RangeQuery): ValueCondition {
    return stringRange(range, String);
  }

  override normalizeTerm(term: string): string {
    return this.searchAnalyzer.normalize(term);
  }
}

function requireAnalyzer(name: string, site: FieldSite): Analyzer {
  const analyzer = site.analysis.analyzer(name);
  if (analyzer === undefined) {
    throw mappingError('illegal_argument_exception', `analyzer [${name}] has not been configured in mappings`);
  }
  return analyzer;
}

/** Analysed text. */
export const text: FieldTypeDefinition = {
  name: 'text',
  parameters: PARAMETERS,
  build: (site) => new TextField(site, parseParameters(PARAMETERS, site.json, { path: site.path, type: 'text' })),
};
