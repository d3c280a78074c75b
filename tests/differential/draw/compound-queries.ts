import type { Draw } from './draw.ts';
import type { Field } from './fields.ts';
import { common, drawQuery, type Json } from './queries.ts';

/** Queries that hold queries. */
export function drawCompoundQuery(draw: Draw, fields: readonly Field[], depth: number): Json {
  const inner = () => drawQuery(draw, fields, depth - 1);
  switch (draw.int(0, 7)) {
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
