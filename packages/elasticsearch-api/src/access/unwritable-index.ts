import type { Index } from '@daybook/search-engine';

/** An index that can be read, and of which every write is refused with the error that `refusal` makes. */
export function unwritableIndex(
  index: Index,
  refusal: () => Error,
  blocks: Index['blocks'] = () => index.blocks(),
): Index {
  return {
    name: index.name,
    uuid: index.uuid,
    creationTimeMs: index.creationTimeMs,
    counters: index.counters,
    mappings: () => index.mappings(),
    settings: () => index.settings(),
    aliases: () => index.aliases(),
    blocks,
    write: () => {
      throw refusal();
    },
    get: (id, routing) => index.get(id, routing),
    storedFields: (document, names) => index.storedFields(document, names),
    docCount: () => index.docCount(),
    stats: () => index.stats(),
  };
}
