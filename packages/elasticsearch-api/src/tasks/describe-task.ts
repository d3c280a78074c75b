import type { ApiContext } from '../api-context.ts';
import { nodeIdentity } from '../cluster/cluster-node.ts';
import type { JsonTree } from '../json/json.ts';
import type { Task } from './task-registry.ts';

/** A task as lists and its own answer have it. */
export function describeTask(task: Task, node: string): JsonTree {
  return {
    node,
    id: Number(task.id.split(':')[1]),
    type: 'transport',
    action: task.action,
    description: task.description,
    start_time_in_millis: task.startTimeMs,
    running_time_in_nanos: (Date.now() - task.startTimeMs) * 1_000_000,
    cancellable: true,
    cancelled: task.cancellation.signal.aborted,
    headers: {},
  };
}

/** Tasks under the node that runs them; no node where there are none. */
export function tasksByNode(context: ApiContext, tasks: readonly Task[]): JsonTree {
  if (tasks.length === 0) return {};
  const described = Object.fromEntries(tasks.map((task) => [task.id, describeTask(task, context.nodeId)]));
  return { [context.nodeId]: { ...nodeIdentity(context), tasks: described } };
}
