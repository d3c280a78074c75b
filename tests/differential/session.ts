import { Draw } from './draw/draw.ts';
import { drawFields, mappingOf, settings } from './draw/fields.ts';
import { drawRead } from './draw/searches.ts';
import { drawWrites } from './draw/writes.ts';
import type { Exchange } from './exchange.ts';

/** The name that stands for the session's own index in its requests. */
export const INDEX = 'proof-index';

/** The requests of a session: an index is made, filled and changed, then read in many ways. */
export function drawSession(seed: number, reads: number): readonly Exchange[] {
  const draw = new Draw(seed);
  const fields = drawFields(draw);
  return [
    { method: 'PUT', path: `/${INDEX}`, body: { settings, mappings: mappingOf(fields) } },
    ...drawWrites(draw, INDEX, fields),
    { method: 'POST', path: `/${INDEX}/_forcemerge?max_num_segments=1` },
    { method: 'POST', path: `/${INDEX}/_refresh` },
    { method: 'GET', path: `/${INDEX}/_mapping` },
    ...Array.from({ length: reads }, () => drawRead(draw, INDEX, fields)),
  ];
}
