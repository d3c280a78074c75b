import type { Engine } from '@daybook/search-engine';

const kind = 'closed_index';

/** A closed index keeps its documents and answers neither reads nor writes. */
export function isClosed(engine: Engine, name: string): boolean {
  return engine.metadata(kind).has(name);
}

/** Opens or closes an index; durable when the promise resolves. */
export async function setClosed(engine: Engine, name: string, closed: boolean): Promise<void> {
  if (isClosed(engine, name) !== closed) await engine.putMetadata(kind, name, closed ? {} : undefined);
}
