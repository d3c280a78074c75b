import type { Block, Engine, Index } from '@daybook/search-engine';

const kind = 'closed_index';

/** A closed index keeps its documents and answers neither reads nor writes. */
export function isClosed(engine: Engine, name: string): boolean {
  return engine.metadata(kind).has(name);
}

/** What refuses reads and writes of a closed index, as it is told. */
const closedBlock: Block = {
  id: 4,
  description: 'index closed',
  levels: ['read', 'write'],
  allowsRelease: true,
  code: 'forbidden',
};

/** What an index refuses by its settings, or as it is closed. */
export function blocksOf(engine: Engine, index: Index): readonly Block[] {
  return isClosed(engine, index.name) ? [...index.blocks(), closedBlock] : index.blocks();
}

/** Opens or closes indices, all of them or, if it fails, none; durable when the promise resolves. */
export async function setClosed(engine: Engine, names: readonly string[], closed: boolean): Promise<void> {
  const changed = names.filter((name) => isClosed(engine, name) !== closed);
  if (changed.length > 0)
    await engine.updateMetadata(kind, new Map(changed.map((name) => [name, closed ? {} : undefined])));
}

/** Opens indices that are about to be deleted: whatever ends the server in between, an index that is made anew under such a name is open. */
export async function openDeleted(engine: Engine, names: readonly string[]): Promise<void> {
  await setClosed(engine, names, false);
}
