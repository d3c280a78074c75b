import type { Engine } from '@daybook/search-engine';
import { checkNewShards } from '../cluster/max-shards.ts';
import type { EffectiveSettings } from '../cluster/settings/effective-settings.ts';

/** The engine as callers see it whom the settings of the cluster bind. */
export function limitEngine(engine: Engine, settings: () => EffectiveSettings): Engine {
  return {
    directory: engine.directory,
    createIndex: async (name, definition) => {
      if (engine.index(name) === undefined) checkNewShards(engine, 1, settings().maxShards);
      return engine.createIndex(name, definition);
    },
    deleteIndex: (name) => engine.deleteIndex(name),
    index: (name) => engine.index(name),
    indices: () => engine.indices(),
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
    commit: () => engine.commit(),
    flush: () => engine.flush(),
    close: () => engine.close(),
  };
}
