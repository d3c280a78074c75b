import type { JsonTree } from '../json/json.ts';

/** The pools that tools look for, and their types. One thread does what they all would, and nothing waits in a queue of its own. */
export const threadPools: readonly (readonly [name: string, type: string])[] = [
  ['analyze', 'fixed'],
  ['fetch_shard_started', 'scaling'],
  ['fetch_shard_store', 'scaling'],
  ['flush', 'scaling'],
  ['force_merge', 'fixed'],
  ['generic', 'scaling'],
  ['get', 'fixed'],
  ['listener', 'fixed'],
  ['management', 'scaling'],
  ['refresh', 'scaling'],
  ['search', 'fixed_auto_queue_size'],
  ['search_throttled', 'fixed_auto_queue_size'],
  ['snapshot', 'scaling'],
  ['system_read', 'fixed'],
  ['system_write', 'fixed'],
  ['warmer', 'scaling'],
  ['write', 'fixed'],
];

const idle: JsonTree = { threads: 0, queue: 0, active: 0, rejected: 0, largest: 0, completed: 0 };

/** The pools as the statistics of a node have them. */
export const threadPoolStats: JsonTree = Object.fromEntries(threadPools.map(([name]) => [name, idle]));
