import type { Draw } from './draw.ts';
import type { Field } from './fields.ts';
import { common, drawQuery, type Json, pickField } from './queries.ts';

/** Queries that hold queries. */
export function drawCompoundQuery(draw: Draw, fields: readonly Field[], depth: number): Json {
  const inner = () => drawQuery(draw, fields, depth - 1);
  switch (draw.int(0, 8)) {
    case 0:
      return { constant_score: { filter: inner(), ...common(draw) } };
    case 1:
      return {
        dis_max: {
          queries: draw.list(1, 3, inner),
          ...draw.maybe(0.5, () => ({ tie_breaker: draw.pick([0, 0.3, 1]) })),
          ...common(draw),
        },
      };
    case 2:
      return {
        boosting: { positive: inner(), negative: inner(), negative_boost: draw.pick([0.2, 0.5]), ...common(draw) },
      };
    case 3:
      return { function_score: { query: inner(), ...drawFunctions(draw, fields), ...common(draw) } };
    default: {
      const clauses = {
        ...draw.maybe(0.4, () => ({ must: draw.list(1, 2, inner) })),
        ...draw.maybe(0.4, () => ({ filter: draw.chance(0.5) ? inner() : draw.list(1, 2, inner) })),
        ...draw.maybe(0.5, () => ({ should: draw.list(1, 4, inner) })),
        ...draw.maybe(0.3, () => ({ must_not: draw.list(1, 2, inner) })),
      };
      return {
        bool: {
          ...(Object.keys(clauses).length > 0 ? clauses : { must: inner() }),
          ...draw.maybe(0.2, () => ({ minimum_should_match: draw.pick([0, 1, 2, -1, '50%', '-25%', '2<75%']) })),
          ...common(draw),
        },
      };
    }
  }
}

function drawFunctions(draw: Draw, fields: readonly Field[]): Json {
  return {
    ...(draw.chance(0.3) ? drawFunction(draw, fields) : drawSeveralFunctions(draw, fields)),
    ...draw.maybe(0.5, () => ({ boost_mode: draw.pick(['multiply', 'replace', 'sum', 'avg', 'max', 'min']) })),
    ...draw.maybe(0.2, () => ({ max_boost: 3 })),
    ...draw.maybe(0.2, () => ({ min_score: 0.5 })),
  };
}

function drawSeveralFunctions(draw: Draw, fields: readonly Field[]): Json {
  return {
    functions: draw.list(1, 3, () => ({
      ...drawFunction(draw, fields),
      ...draw.maybe(0.4, () => ({ filter: drawQuery(draw, fields, 0) })),
    })),
    ...draw.maybe(0.5, () => ({ score_mode: draw.pick(['multiply', 'sum', 'avg', 'first', 'max', 'min']) })),
  };
}

function drawFunction(draw: Draw, fields: readonly Field[]): Json {
  switch (draw.int(0, 2)) {
    case 0:
      return { weight: draw.pick([0.5, 2, 3]) };
    case 1: {
      const field = pickField(draw, fields, ['long', 'double', 'integer', 'float']).path;
      // Others make negative scores of some values, which fail only for the documents whose score an engine asks for.
      return { field_value_factor: { field, factor: draw.pick([1, 0.5]), modifier: 'square', missing: 1 } };
    }
    default: {
      const isDate = draw.chance(0.5);
      const { path } = pickField(draw, fields, [isDate ? 'date' : 'double']);
      const place = isDate ? { origin: '2024-01-15', scale: '5d', offset: '1d' } : { origin: 5, scale: 4 };
      return {
        [draw.pick(['gauss', 'linear', 'exp'])]: { [path]: { ...place, ...draw.maybe(0.5, () => ({ decay: 0.3 })) } },
      };
    }
  }
}
