import type { JsonTree } from '../json/json.ts';

/** What no request of one node holds back: counters that stand still, since typed clients require each. */
const noPressure: Readonly<Record<string, number>> = Object.fromEntries(
  'combined_coordinating_and_primary coordinating primary replica all'
    .split(' ')
    .map((stage) => [`${stage}_in_bytes`, 0])
    .concat(['coordinating', 'primary', 'replica'].map((stage) => [`${stage}_rejections`, 0])),
);

/** Memory of writes that wait for others. */
export const indexingPressure: JsonTree = {
  memory: { current: noPressure, total: noPressure, limit_in_bytes: 0 },
};

/** States that are sent to other nodes. */
export const discoveryStats: JsonTree = {
  cluster_state_queue: { total: 0, pending: 0, committed: 0 },
  published_cluster_states: { full_states: 0, incompatible_diffs: 0, compatible_diffs: 0 },
};
