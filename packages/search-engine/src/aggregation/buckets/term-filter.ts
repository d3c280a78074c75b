import type { IndexedValue } from '../../mapping/field-values.ts';
import { compileRegexp } from '../../query/patterns/regexp.ts';
import type { TermsAggregation } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { FieldSource } from '../field-source.ts';
import { indexedValue } from '../field-source.ts';

/** Whether a term, in the column's form, may have a bucket. */
export type TermFilter = (term: IndexedValue) => boolean;

/** The filter of `include` and `exclude`. */
export function termFilter(request: TermsAggregation, source: FieldSource, nowMs: number): TermFilter {
  const included = request.include === undefined ? undefined : oneFilter(request.include, source, nowMs);
  const excluded = request.exclude === undefined ? undefined : oneFilter(request.exclude, source, nowMs);
  if (included === undefined && excluded === undefined) return () => true;
  return (term) => included?.(term) !== false && excluded?.(term) !== true;
}

function oneFilter(choice: NonNullable<TermsAggregation['include']>, source: FieldSource, nowMs: number): TermFilter {
  if (typeof choice !== 'string') {
    const { type } = source;
    const values = new Set(
      choice.map((value) => (type === undefined ? String(value) : indexedValue(type, value, nowMs))),
    );
    return (term) => values.has(term);
  }
  if (source.kind !== 'string' && source.kind !== 'unmapped') {
    throw aggregationError(
      `Aggregation [${source.name}] cannot support regular expression style include/exclude settings as they can only be applied to ` +
        'string fields. Use an array of values for include/exclude clauses',
    );
  }
  const matches = compileRegexp(choice, false);
  const shown = source.formatter;
  return (term) => matches(shown === undefined ? String(term) : shown(term));
}
