import type { Aggregations, Index } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';
import { settingOf } from '../indices/settings.ts';

const defaultMaxWindow = 100;

/** Refuses top hits that keep more for each bucket than `index.max_inner_result_window` of the index allows. */
export function checkTopHits(index: Index, aggregations: Aggregations): void {
  for (const [name, aggregation] of Object.entries(aggregations)) {
    if (aggregation.type === 'topHits') checkWindow(index, name, aggregation.from + aggregation.size);
    else if ('aggregations' in aggregation) checkTopHits(index, aggregation.aggregations ?? {});
  }
}

function checkWindow(index: Index, name: string, window: number): void {
  const limit = Number(settingOf(index, 'max_inner_result_window') ?? defaultMaxWindow);
  if (window <= limit) return;
  throw illegalArgument(
    `Top hits result window is too large, the top hits aggregator [${name}]'s from + size must be less than or equal to: [${limit}] ` +
      `but was [${window}]. This limit can be set by changing the [index.max_inner_result_window] index level setting.`,
  );
}
