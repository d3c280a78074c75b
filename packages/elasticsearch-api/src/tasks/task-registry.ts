import type { Throttle } from '../by-query/throttle.ts';
import type { JsonTree } from '../json/json.ts';

/** What is to be done, under the name of its action. */
interface TaskRequest {
  readonly action: string;
  readonly description: string;
  /** Asks the task to end; it does once its present batch is done. */
  readonly cancellation: AbortController;
  readonly throttle: Throttle;
  /** Whether its outcome can be asked for once it has ended. */
  readonly isStored: boolean;
  /** How far it is. */
  readonly status: () => JsonTree;
  readonly run: () => Promise<JsonTree>;
}

/** One request that takes its time, such as a reindex. */
export interface Task {
  readonly id: string;
  readonly action: string;
  readonly description: string;
  readonly cancellation: AbortController;
  readonly throttle: Throttle;
  readonly status: () => JsonTree;
  readonly startTimeMs: number;
  endTimeMs?: number;
  completed: boolean;
  /** Resolves when it has ended, however. */
  ended: Promise<void>;
  response?: JsonTree;
  error?: unknown;
}

/** Knows the requests that take their time, and remembers the last ones that nobody waits for, so that their outcome can be asked for. */
export interface TaskRegistry {
  start(request: TaskRequest): Task;
  get(id: string): Task | undefined;
  running(): readonly Task[];
  /** Cancels what is throttled, as that may wait for hours. */
  cancelThrottled(reason: string): void;
  /** Resolves when every task has ended. */
  settled(): Promise<void>;
}

const maxRemembered = 200;

/** An empty registry; identifiers begin with the node's. */
export function createTaskRegistry(nodeId: string): TaskRegistry {
  const tasks = new Map<string, Task>();
  const pending = new Set<Promise<void>>();
  let lastNumber = 0;
  const running = (): readonly Task[] => [...tasks.values()].filter((task) => !task.completed);
  const forgetOldest = (): void => {
    for (const [id, task] of tasks) {
      if (tasks.size <= maxRemembered) return;
      if (task.completed) tasks.delete(id);
    }
  };
  return {
    start: ({ run, isStored, ...request }) => {
      lastNumber += 1;
      const task: Task = {
        id: `${nodeId}:${lastNumber}`,
        ...request,
        startTimeMs: Date.now(),
        completed: false,
        ended: Promise.resolve(),
      };
      tasks.set(task.id, task);
      forgetOldest();
      const end = run()
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
          if (!isStored) tasks.delete(task.id);
        });
      task.ended = end;
      pending.add(end);
      return task;
    },
    get: (id) => tasks.get(id),
    running,
    cancelThrottled: (reason) => {
      for (const { throttle, cancellation } of running()) {
        if (throttle.requestsPerSecond !== Number.POSITIVE_INFINITY) cancellation.abort(reason);
      }
    },
    settled: async () => {
      await Promise.all(pending);
    },
  };
}
