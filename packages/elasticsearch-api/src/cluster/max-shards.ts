import { DaybookError } from '@daybook/errors';
import type { Engine } from '@daybook/search-engine';
import { isClosed } from '../indices/closed-indices.ts';

/** Refuses more open shards than `cluster.max_shards_per_node` allows the one node; an index is one shard. */
export function checkNewShards(engine: Engine, added: number, maxShards: number): void {
  const open = engine.indices().filter(({ name }) => !isClosed(engine, name)).length;
  if (added === 0 || open + added <= maxShards) return;
  throw new DaybookError(
    'invalid-argument',
    `Validation Failed: 1: this action would add [${added}] total shards, but this cluster currently has ` +
      `[${open}]/[${maxShards}] maximum shards open;`,
    { detail: { reason: 'validation_exception' } },
  );
}
