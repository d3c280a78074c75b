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
    cancellable: false,
    headers: {},
  };
}
