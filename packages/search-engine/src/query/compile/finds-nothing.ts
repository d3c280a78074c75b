import { NumericColumn } from '../../columns/numeric-column.ts';
import type { Query } from '../query.ts';
import { intervalOf } from './condition.ts';
import { ALWAYS_THERE, existingFields } from './exists.ts';
import type { QueryContext } from './query-context.ts';

/** What a query is resolved against. */
type Resolved = Pick<QueryContext, 'index' | 'nowMs'>;

/** compat: whether the real product sees, before it runs a query, that it finds nothing: then it does not look at what else is asked. */
export function findsNothing(context: Resolved, query: Query): boolean {
  switch (query.type) {
    case 'matchNone':
      return true;
    case 'ids':
      return query.values.length === 0;
    case 'terms':
      return query.values.length === 0 || isUnmapped(context, query.field);
    case 'range':
      return isUnmapped(context, query.field) || isOfOtherTimes(context, query);
    case 'term':
    case 'prefix':
    case 'wildcard':
    case 'fuzzy':
      return isUnmapped(context, query.field);
    case 'exists':
      return !ALWAYS_THERE.has(query.field) && existingFields(context.index.mapping, query.field).length === 0;
    case 'constantScore':
      return findsNothing(context, query.filter);
    case 'functionScore':
      return findsNothing(context, query.query);
    case 'boosting':
      return findsNothing(context, query.positive);
    case 'bool': {
      const required = [...query.must, ...query.filter];
      if (required.length > 0) return required.some((each) => findsNothing(context, each));
      return query.should.length > 0 && query.should.every((each) => findsNothing(context, each));
    }
    default:
      return false;
  }
}

/** Of dates the first and the last of an index are known, as far as they are indexed. */
function isOfOtherTimes(context: Resolved, query: Query & { type: 'range' }): boolean {
  const field = context.index.mapping.field(query.field);
  if (field?.type !== 'date' && field?.type !== 'date_nanos') return false;
  const condition = field.rangeCondition(query, context);
  const column = context.index.data.column(field.column);
  if (!field.indexed || !(column instanceof NumericColumn)) return true;
  return condition.type === 'range' && !column.zones.mayTouch(intervalOf(condition));
}

function isUnmapped({ index }: Resolved, field: string): boolean {
  return !ALWAYS_THERE.has(field) && index.mapping.field(field) === undefined;
}
