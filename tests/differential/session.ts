import { Draw } from './draw/draw.ts';
import { drawFields, type Field, mappingOf, settings } from './draw/fields.ts';
import { drawRead } from './draw/searches.ts';
import { drawOtherFields, drawReadOfBoth } from './draw/two-indices.ts';
import { drawWrites } from './draw/writes.ts';
import type { Exchange } from './exchange.ts';

/** The name that stands for the session's own index in its requests. */
export const INDEX = 'proof-index';

/** That of a session's second index, if it has one. */
export const OTHER_INDEX = `${INDEX}-other`;

/** The requests of a session: an index is made, filled and changed, then read in many ways; in some sessions two are, and read as one. */
export function drawSession(seed: number, reads: number): readonly Exchange[] {
  const draw = new Draw(seed);
  const fields = drawFields(draw);
  const first = filled(draw, INDEX, fields, 'd');
  if (draw.chance(0.7)) return [...first, ...Array.from({ length: reads }, () => drawRead(draw, INDEX, fields))];
  const second = filled(draw, OTHER_INDEX, drawOtherFields(draw, fields), 'e');
  return [
    ...first,
    ...second,
    ...Array.from({ length: reads }, () => drawReadOfBoth(draw, [INDEX, OTHER_INDEX], fields)),
  ];
}

function filled(draw: Draw, index: string, fields: readonly Field[], idPrefix: string): readonly Exchange[] {
  return [
    { method: 'PUT', path: `/${index}`, body: { settings, mappings: mappingOf(fields) } },
    ...drawWrites(draw, index, fields, idPrefix),
    { method: 'POST', path: `/${index}/_forcemerge?max_num_segments=1` },
    { method: 'POST', path: `/${index}/_refresh` },
    { method: 'GET', path: `/${index}/_mapping` },
  ];
}
