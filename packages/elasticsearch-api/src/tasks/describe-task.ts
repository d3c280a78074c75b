import type { ApiContext } from '../api-context.ts';
import { nodeIdentity } from '../cluster/cluster-node.ts';
import type { JsonTree } from '../json/json.ts';
import type { Task } from './task-registry.ts';

/** A task as lists and its own answer have it; in detail with what it does and how far it is. */
export function describeTask(task: Task, node: string, isDetailed: boolean): JsonTree {
  return {
    node,
    id: task.number,
    type: 'transport',
    action: task.action,
    status: isDetailed ? task.status?.() : undefined,
    description: isDetailed ? task.description : undefined,
    start_time_in_millis: task.startTimeMs,
    running_time_in_nanos: runningTimeMs(task) * 1_000_000,
    cancellable: true,
    cancelled: task.cancellation.signal.aborted,
    headers: { 'X-Opaque-Id': task.opaqueId },
  };
}

/** How long a task has run, or ran until it ended. */
export function runningTimeMs(task: Task): number {
  return (task.endTimeMs ?? Date.now()) - task.startTimeMs;
}

/** Tasks under the node that runs them; no node where there are none. */
export function tasksByNode(context: ApiContext, tasks: readonly Task[], isDetailed: boolean): JsonTree {
  if (tasks.length === 0) return {};
  const described = Object.fromEntries(tasks.map((task) => [task.id, describeTask(task, context.nodeId, isDetailed)]));
  return { [context.nodeId]: { ...nodeIdentity(context), tasks: described } };
}
