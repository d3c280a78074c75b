import type { ApiContext } from '../api-context.ts';
import { illegalArgument } from '../errors/errors.ts';
import type { JsonTree } from '../json/json.ts';
import { describeTask, tasksByNode } from './describe-task.ts';
import type { Task } from './task-registry.ts';

const groups: ReadonlySet<string> = new Set(['nodes', 'parents', 'none']);

/** Refuses what tasks are not grouped by. */
export function checkTaskGroups(groupBy: string): void {
  if (groups.has(groupBy)) return;
  throw illegalArgument(`[group_by] must be one of [nodes], [parents] or [none] but was [${groupBy}]`);
}

/** Tasks below their node, each by its own name as none has children, or as a list. */
export function groupTasks(
  context: ApiContext,
  tasks: readonly Task[],
  groupBy: string,
  isDetailed: boolean,
): { readonly [name: string]: JsonTree } {
  if (groupBy === 'nodes') return { nodes: tasksByNode(context, tasks, isDetailed) };
  const described = Object.fromEntries(tasks.map((task) => [task.id, describeTask(task, context.nodeId, isDetailed)]));
  return { tasks: groupBy === 'none' ? Object.values(described) : described };
}
