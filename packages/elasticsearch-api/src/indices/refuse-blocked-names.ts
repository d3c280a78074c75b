import { type Block, type Engine, refuseBlocked } from '@daybook/search-engine';

/**
 * Refuses to change what is blocked.
 * compat: names are held against blocks as they are written; an index that only a wildcard or an alias stands for is changed in spite of its blocks.
 * @param settings those of the cluster, whose blocks refuse names of no index too
 */
export function refuseBlockedNames(
  engine: Engine,
  { blocks }: { readonly blocks: readonly Block[] },
  names: readonly string[],
): void {
  refuseBlocked(
    'metadata_write',
    [...new Set(names)].sort().map((index) => ({ index, blocks: engine.index(index)?.blocks() ?? blocks })),
  );
}
