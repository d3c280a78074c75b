import type { Exchange } from '../exchange.ts';
import type { Draw } from './draw.ts';
import type { Field } from './fields.ts';
import type { Json } from './queries.ts';
import { drawRead } from './searches.ts';

/** Types whose values are read together with those of another one. */
const related: Readonly<Record<string, Field['type']>> = {
  long: 'integer',
  integer: 'long',
  short: 'double',
  double: 'float',
  float: 'double',
  date: 'date_nanos',
};

/** The fields of a second index: most of those of the first, some of another type. */
export function drawOtherFields(draw: Draw, fields: readonly Field[]): readonly Field[] {
  const kept = fields.filter(({ path }) => !path.endsWith('.raw') && draw.chance(0.8));
  return kept.map((field) => {
    const type = related[field.type];
    return type !== undefined && draw.chance(0.15) ? { ...field, type, mapping: { type } } : field;
  });
}

/** One request that reads two indices as one. */
export function drawReadOfBoth(
  draw: Draw,
  [first, other]: readonly [string, string],
  fields: readonly Field[],
): Exchange {
  let read: Exchange;
  do read = drawRead(draw, `${first},${other}`, fields);
  while (isIncomparable(JSON.stringify(read.body)));
  if (!read.path.endsWith('_search') || draw.chance(0.9)) return { ...read, body: allTerms(read.body) };
  return { ...read, body: { ...allTerms(read.body), indices_boost: [{ [other]: draw.pick([0.5, 2]) }] } };
}

/**
 * What the real product does by accident: it counts no documents beside the minimum of a field that an index lacks, shows dates as such only where an
 * index has the field, and takes nanoseconds of a `date_nanos` for milliseconds in the functions of a score.
 */
function isIncomparable(body: string): boolean {
  return /"min":{"field"|"(max|sum|avg)":{"field":"[^"]*(date|boolean)|"(gauss|linear|exp)":{"[^"]*date/.test(body);
}

/** The body with all terms wanted: of fewer, a real one counts those that are the most frequent in each index. */
function allTerms(body: unknown): Json {
  return JSON.parse(JSON.stringify(body).replaceAll(/("terms":{"field":"[^"]*","size"):[13]\b/g, '$1:50')) as Json;
}
