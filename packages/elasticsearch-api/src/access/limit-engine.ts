import { type Block, blockedError, type Engine, type Index, refuseBlocked } from '@daybook/search-engine';
import { checkNewShards } from '../cluster/max-shards.ts';
import type { EffectiveSettings } from '../cluster/settings/effective-settings.ts';
import { delegatingEngine } from './delegating-engine.ts';
import { unwritableIndex } from './unwritable-index.ts';

/** The engine as callers see it whom the settings of the cluster bind. Blocks of the cluster are blocks of each of its indices. */
export function limitEngine(engine: Engine, settings: () => EffectiveSettings): Engine {
  const bound = (index: Index): Index =>
    settings().blocks.length === 0 ? index : blockedIndex(index, settings().blocks);
  return delegatingEngine(engine, {
    createIndex: async (name, definition, aliasChanges) => {
      refuseBlocked('metadata_write', [{ index: name, blocks: settings().blocks }]);
      if (engine.index(name) === undefined) checkNewShards(engine, 1, settings().maxShards);
      return engine.createIndex(name, definition, aliasChanges);
    },
    index: (name) => {
      const index = engine.index(name);
      return index === undefined ? undefined : bound(index);
    },
    indices: () => engine.indices().map(bound),
    search: (indices, request) => {
      const limits = settings();
      return engine.search(indices, Object.assign({ timeoutMs: limits.searchTimeoutMs }, request, { limits }));
    },
    describe: (index, query) => engine.describe(index, query, settings()),
  });
}

function blockedIndex(index: Index, blocks: readonly Block[]): Index {
  const all = (): readonly Block[] => [...blocks, ...index.blocks()].sort((a, b) => b.id - a.id);
  return unwritableIndex(index, () => blockedError([{ blocks }]), all);
}
