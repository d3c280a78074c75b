import type { ApiContext } from '../api-context.ts';
import type { EffectiveSettings } from '../cluster/settings/effective-settings.ts';
import { asShardsSay, checkKeepAlive } from '../search/keep-alive.ts';
import { tooManyScrolls } from '../search/scroll-registry.ts';
import type { SearchTarget } from '../search/search-targets.ts';

/** Refuses a run that would hold its documents for too long, or beside as many others as scrolls may be open: a run holds what a scroll does. */
export function checkScrolls(
  { nodeId, tasks }: ApiContext,
  targets: readonly SearchTarget[],
  keepAliveMs: number,
  settings: EffectiveSettings,
): void {
  asShardsSay(targets, nodeId, () => {
    checkKeepAlive(keepAliveMs, settings);
    const runs = tasks.running().filter(({ throttle }) => throttle !== undefined);
    if (runs.length >= settings.maxOpenScrolls) throw tooManyScrolls(settings.maxOpenScrolls);
  });
}
