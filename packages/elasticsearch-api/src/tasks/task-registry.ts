import type { JsonTree } from '../json/json.ts';

/** What is to be done, under the name of its action. */
interface TaskRequest {
  readonly action: string;
  readonly description: string;
  /** How far it is. */
  readonly status: () => JsonTree;
  readonly run: (signal: AbortSignal) => Promise<JsonTree>;
}

/** One request that was not waited for, such as a reindex. */
export interface Task {
  readonly id: string;
  readonly action: string;
  readonly description: string;
  readonly status: () => JsonTree;
  readonly startTimeMs: number;
  endTimeMs?: number;
  completed: boolean;
  /** Asks the task to end; it does once its present batch is done. */
  readonly cancellation: AbortController;
  /** Resolves when it has ended, however. */
  ended: Promise<void>;
  response?: JsonTree;
  error?: unknown;
}

/** Remembers the last requests that nobody waits for, so that their outcome can be asked for. */
export interface TaskRegistry {
  start(request: TaskRequest): Task;
  get(id: string): Task | undefined;
  running(): readonly Task[];
  /** Resolves when every task has ended. */
  settled(): Promise<void>;
}

const maxRemembered = 200;

/** An empty registry; identifiers begin with the node's. */
export function createTaskRegistry(nodeId: string): TaskRegistry {
  const tasks = new Map<string, Task>();
  const pending = new Set<Promise<void>>();
  let lastNumber = 0;
  const forgetOldest = (): void => {
    for (const [id, task] of tasks) {
      if (tasks.size <= maxRemembered) return;
      if (task.completed) tasks.delete(id);
    }
  };
  return {
    start: ({ run, ...request }) => {
      lastNumber += 1;
      const task: Task = {
        id: `${nodeId}:${lastNumber}`,
        ...request,
        startTimeMs: Date.now(),
        completed: false,
        cancellation: new AbortController(),
        ended: Promise.resolve(),
      };
      tasks.set(task.id, task);
      forgetOldest();
      const end = run(task.cancellation.signal)
        .then(
          (response) => {
            task.response = response;
          },
          (error: unknown) => {
            task.error = error;
          },
        )
        .then(() => {
          task.completed = true;
          task.endTimeMs = Date.now();
          pending.delete(end);
        });
      task.ended = end;
      pending.add(end);
      return task;
    },
    get: (id) => tasks.get(id),
    running: () => [...tasks.values()].filter((task) => !task.completed),
    settled: async () => {
      await Promise.all(pending);
    },
  };
}
