import type { ApiContext } from '../api-context.ts';
import { isNodeNamed } from '../cluster/one-node.ts';
import { illegalArgument } from '../errors/errors.ts';
import type { Parameters } from '../http/parameters.ts';
import { matchesPattern } from '../wildcards/wildcard.ts';
import type { Task } from './task-registry.ts';

/** Query parameters that say which tasks are meant. */
export const taskParameters: {
  readonly actions: 'list';
  readonly nodes: 'string';
  readonly parent_task_id: 'string';
} = { actions: 'list', nodes: 'string', parent_task_id: 'string' };

/** The tasks that run and are meant: whose actions match one of the patterns. None is the child of another. */
export function runningTasks(context: ApiContext, parameters: Parameters<typeof taskParameters>): readonly Task[] {
  const { actions = ['*'], nodes = '_all', parent_task_id: parent } = parameters;
  if (parent !== undefined && !/^[^:]+:-?\d+$/.test(parent)) throw illegalArgument(`malformed task id ${parent}`);
  if (parent !== undefined || !isNodeNamed(context, nodes)) return [];
  return context.tasks.running().filter((task) => actions.some((pattern) => matchesPattern(pattern, task.action)));
}
