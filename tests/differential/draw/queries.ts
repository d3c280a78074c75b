import { drawCompoundQuery } from './compound-queries.ts';
import type { Draw } from './draw.ts';
import type { Field } from './fields.ts';
import { drawTermQuery } from './term-queries.ts';
import { drawTextQuery } from './text-queries.ts';

export type Json = Record<string, unknown>;

/** Queries of all types; those that hold others go at most `depth` deep. */
export function drawQuery(draw: Draw, fields: readonly Field[], depth = 3): Json {
  const kind = draw.int(0, 9);
  if (depth > 0 && kind < 4) return drawCompoundQuery(draw, fields, depth);
  return kind < 7 ? drawTermQuery(draw, fields) : drawTextQuery(draw, fields);
}

/** What every query takes. */
export function common(draw: Draw): Json {
  return {
    ...draw.maybe(0.1, () => ({ boost: draw.pick([0.5, 2, 3.5]) })),
    ...draw.maybe(0.05, () => ({ _name: `name-${draw.int(0, 999_999)}` })),
  };
}

/** A field of one of these types, if there is one, else any; sometimes one that does not exist. */
export function pickField(draw: Draw, fields: readonly Field[], types?: readonly string[]): Field {
  if (draw.chance(0.005)) return { path: 'absent', type: 'keyword', mapping: {} };
  const fitting = types === undefined ? fields : fields.filter(({ type }) => types.includes(type));
  return draw.pick(fitting.length > 0 ? fitting : fields);
}
