import type { Query } from '../query.ts';
import { ALWAYS_THERE, existingFields } from './exists.ts';
import type { QueryContext } from './query-context.ts';

/** compat: whether the real product sees, before it runs a query, that it finds nothing: then it does not look at what else is asked. */
export function findsNothing(context: QueryContext, query: Query): boolean {
  switch (query.type) {
    case 'matchNone':
      return true;
    case 'ids':
      return query.values.length === 0;
    case 'terms':
      return query.values.length === 0 || isUnmapped(context, query.field);
    case 'term':
    case 'range':
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

function isUnmapped({ index }: QueryContext, field: string): boolean {
  return !ALWAYS_THERE.has(field) && index.mapping.field(field) === undefined;
}
