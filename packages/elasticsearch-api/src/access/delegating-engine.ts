import type { Engine } from '@daybook/search-engine';

/**
 * An engine that does all that `own` does not say as the given one does it. Who adds a method here decides whether system indices and the settings of
 * the cluster bind it.
 */
export function delegatingEngine(engine: Engine, own: Partial<Engine>): Engine {
  return {
    directory: engine.directory,
    createIndex: (name, definition, aliasChanges) => engine.createIndex(name, definition, aliasChanges),
    deleteIndices: (names) => engine.deleteIndices(names),
    index: (name) => engine.index(name),
    indices: () => engine.indices(),
    putMapping: (name, mappings) => engine.putMapping(name, mappings),
    putSettings: (name, settings) => engine.putSettings(name, settings),
    updateAliases: (changes, deletedIndices) => engine.updateAliases(changes, deletedIndices),
    metadata: (kind) => engine.metadata(kind),
    updateMetadata: (kind, changes) => engine.updateMetadata(kind, changes),
    search: (indices, request) => engine.search(indices, request),
    describe: (index, query, limits) => engine.describe(index, query, limits),
    termVectors: (index, request) => engine.termVectors(index, request),
    takeTurns: (steps) => engine.takeTurns(steps),
    takeTurnsInOrder: (steps, use) => engine.takeTurnsInOrder(steps, use),
    prepare: (index, document) => engine.prepare(index, document),
    pin: (indices) => engine.pin(indices),
    turn: () => engine.turn(),
    commit: () => engine.commit(),
    flush: () => engine.flush(),
    close: () => engine.close(),
    ...own,
  };
}
