import { type Block, blockedError, type Engine, type Index, refuseBlocked } from '@daybook/search-engine';
import { checkNewShards } from '../cluster/max-shards.ts';
import type { EffectiveSettings } from '../cluster/settings/effective-settings.ts';
import { unwritableIndex } from './unwritable-index.ts';

/** The engine as callers see it whom the settings of the cluster bind. Blocks of the cluster are blocks of each of its indices. */
export function limitEngine(engine: Engine, settings: () => EffectiveSettings): Engine {
  const bound = (index: Index): Index =>
    settings().blocks.length === 0 ? index : blockedIndex(index, settings().blocks);
  return {
    directory: engine.directory,
    createIndex: async (name, definition) => {
      refuseBlocked('metadata_write', [{ index: name, blocks: settings().blocks }]);
      if (engine.index(name) === undefined) checkNewShards(engine, 1, settings().maxShards);
      return engine.createIndex(name, definition);
    },
    deleteIndex: (name) => engine.deleteIndex(name),
    index: (name) => {
      const index = engine.index(name);
      return index === undefined ? undefined : bound(index);
    },
    indices: () => engine.indices().map(bound),
    putMapping: (name, mappings) => engine.putMapping(name, mappings),
    putSettings: (name, values) => engine.putSettings(name, values),
    updateAliases: (changes, deletedIndices) => engine.updateAliases(changes, deletedIndices),
    metadata: (kind) => engine.metadata(kind),
    putMetadata: (kind, name, value) => engine.putMetadata(kind, name, value),
    search: (indices, request) => engine.search(indices, { ...request, limits: settings() }),
    describe: (index, query) => engine.describe(index, query, settings()),
    termVectors: (index, request) => engine.termVectors(index, request),
    takeTurns: (steps) => engine.takeTurns(steps),
    pin: (indices) => engine.pin(indices),
    turn: () => engine.turn(),
    commit: () => engine.commit(),
    flush: () => engine.flush(),
    close: () => engine.close(),
  };
}

function blockedIndex(index: Index, blocks: readonly Block[]): Index {
  const all = (): readonly Block[] => [...blocks, ...index.blocks()].sort((a, b) => b.id - a.id);
  return unwritableIndex(index, () => blockedError([{ blocks }]), all);
}
