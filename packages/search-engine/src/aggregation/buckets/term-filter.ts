import type { IndexedValue } from '../../mapping/field-values.ts';
import { compileRegexp } from '../../query/patterns/regexp.ts';
import type { TermsAggregation } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { FieldSource } from '../field-source.ts';
import { indexedValue } from '../field-source.ts';
import { partitionFilter } from './term-partition.ts';

/** Whether a term, in the column's form, may have a bucket. */
export type TermFilter = (term: IndexedValue) => boolean;

/** The filter of `include` and `exclude`. */
export function termFilter(name: string, request: TermsAggregation, source: FieldSource, nowMs: number): TermFilter {
  const included = request.include === undefined ? undefined : oneFilter(name, request.include, source, nowMs);
  const excluded = request.exclude === undefined ? undefined : oneFilter(name, request.exclude, source, nowMs);
  if (included === undefined && excluded === undefined) return () => true;
  return (term) => included?.(term) !== false && excluded?.(term) !== true;
}

function oneFilter(
  name: string,
  choice: NonNullable<TermsAggregation['include']>,
  source: FieldSource,
  nowMs: number,
): TermFilter {
  if (typeof choice === 'object' && 'partitions' in choice) return partitionFilter(choice, source);
  if (typeof choice !== 'string') {
    const { type } = source;
    const values = new Set(
      choice.map((value) => (type === undefined ? String(value) : indexedValue(type, value, nowMs))),
    );
    return (term) => values.has(term);
  }
  const isNumber = source.kind !== 'string' && source.kind !== 'unmapped';
  if (isNumber || source.type?.type === 'ip') {
    throw aggregationError(
      `Aggregation [${name}] cannot support regular expression style include/exclude settings as they can only be applied to string ` +
        `fields. Use an array of ${isNumber ? 'numeric ' : ''}values for include/exclude clauses${isNumber ? ' used to filter numeric fields' : ''}`,
      'aggregation_execution_exception',
    );
  }
  const matches = compileRegexp(choice, false);
  return (term) => matches(String(term));
}
