import type { Task } from './task-registry.ts';

/** The longest time of a timer of Node.js. */
const longestMs = 2 ** 31 - 1;

/** Waits until every task has ended, for at most `timeoutMs`, which is no limit below 0; whether they all have. */
export async function endWithin(tasks: readonly Task[], timeoutMs: number): Promise<boolean> {
  const ended = Promise.all(tasks.map((task) => task.ended)).then(() => true);
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, timeoutMs < 0 ? longestMs : Math.min(timeoutMs, longestMs), false).unref();
  });
  try {
    return await Promise.race([ended, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
