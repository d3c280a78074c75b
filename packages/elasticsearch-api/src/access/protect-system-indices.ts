import type { AliasChanges, Engine, Index, JsonObject } from '@daybook/search-engine';
import { securityError } from '../errors/errors.ts';
import { matchesPattern } from '../wildcards/wildcard.ts';
import { delegatingEngine } from './delegating-engine.ts';
import { unwritableIndex } from './unwritable-index.ts';

/**
 * The engine as callers without the system's key see it: everything can be read, system indices and the templates that
 * would shape them cannot be changed. Every change goes through the engine, so no API can forget to ask.
 */
export function protectSystemIndices(engine: Engine, systemIndices: ReadonlySet<string>): Engine {
  const originals = new WeakMap<Index, Index>();
  const protect = (index: Index): Index => {
    if (!systemIndices.has(index.name)) return index;
    const readable = unwritableIndex(index, () => systemIndexError(index.name));
    originals.set(readable, index);
    return readable;
  };
  const refuse = (...names: readonly string[]): void => refuseSystemIndices(names, systemIndices);
  const refuseAliasChanges = (changes: AliasChanges): void => {
    for (const [index, aliases] of changes) refuse(index, ...aliases.keys());
  };
  const refuseTemplate = (template: JsonObject | undefined): void => {
    const patterns = Array.isArray(template?.index_patterns) ? template.index_patterns : [];
    refuse(...[...systemIndices].filter((name) => patterns.some((pattern) => matchesPattern(String(pattern), name))));
  };
  return delegatingEngine(engine, {
    createIndex: async (name, definition, aliasChanges = new Map()) => {
      refuse(name);
      // A name that no index has yet would be taken: the system would then write there.
      refuse(...Object.keys(definition.aliases));
      refuseAliasChanges(aliasChanges);
      return engine.createIndex(name, definition, aliasChanges);
    },
    deleteIndices: async (names) => {
      refuse(...names);
      return engine.deleteIndices(names);
    },
    index: (name) => {
      const index = engine.index(name);
      return index === undefined ? undefined : protect(index);
    },
    indices: () => engine.indices().map(protect),
    putMapping: async (name, mappings) => {
      refuse(name);
      return engine.putMapping(name, mappings);
    },
    putSettings: async (name, settings) => {
      refuse(name);
      return engine.putSettings(name, settings);
    },
    updateAliases: async (changes, deletedIndices = []) => {
      refuse(...deletedIndices);
      refuseAliasChanges(changes);
      return engine.updateAliases(changes, deletedIndices);
    },
    updateMetadata: async (kind, changes) => {
      refuse(...changes.keys());
      for (const [name, value] of changes) {
        for (const template of [engine.metadata(kind).get(name), value]) refuseTemplate(template);
      }
      return engine.updateMetadata(kind, changes);
    },
    search: (indices, request) =>
      engine.search(
        indices.map((index) => originals.get(index) ?? index),
        request,
      ),
    describe: (index, query, limits) => engine.describe(originals.get(index) ?? index, query, limits),
    termVectors: (index, request) => engine.termVectors(originals.get(index) ?? index, request),
    pin: (indices) => engine.pin(indices.map((index) => originals.get(index) ?? index)),
  });
}

/** Refuses a request that would change a system index among others before it changes the others. */
export function refuseSystemIndices(names: Iterable<string>, systemIndices: ReadonlySet<string>): void {
  for (const name of names) if (systemIndices.has(name)) throw systemIndexError(name);
}

function systemIndexError(name: string): Error {
  return securityError(
    `index [${name}] is written by the system alone: send its key as [Authorization: ApiKey <key>] to change it`,
  );
}
