import { matchesPattern } from '../wildcards/wildcard.ts';
import type { Task, TaskRegistry } from './task-registry.ts';

/** The tasks that run and whose actions match one of the patterns. */
export function runningTasks(tasks: TaskRegistry, actions: readonly string[] = ['*']): readonly Task[] {
  return tasks.running().filter((task) => actions.some((pattern) => matchesPattern(pattern, task.action)));
}
