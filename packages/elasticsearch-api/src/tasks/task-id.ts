import { illegalArgument } from '../errors/errors.ts';

/** Refuses what is no identifier of a task: a node's identifier and a number. */
export function checkTaskId(id: string): void {
  if (!/^[^:]+:\d+$/.test(id)) throw illegalArgument(`malformed task id ${id}`);
}
