import { type Engine, type Index, TimeSlice } from '@daybook/search-engine';
import type { JsonTree } from '../json/json.ts';

/** What `render` makes of each index, by its name; other requests are let in between. An index that is deleted meanwhile is left out. */
export async function renderIndices(
  engine: Engine,
  indices: readonly Index[],
  render: (index: Index) => JsonTree,
): Promise<{ readonly [name: string]: JsonTree }> {
  const slice = new TimeSlice();
  const entries: [string, JsonTree][] = [];
  for (const index of indices) {
    if (slice.isOver) await slice.next();
    if (engine.index(index.name) === index) entries.push([index.name, render(index)]);
  }
  return Object.fromEntries(entries);
}
