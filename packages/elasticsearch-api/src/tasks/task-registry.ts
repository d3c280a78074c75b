import type { Throttle } from '../by-query/throttle.ts';
import type { JsonTree } from '../json/json.ts';

/** What is done, under the name of its action. */
interface TaskRequest {
  readonly action: string;
  readonly description: string;
  /** By the header `X-Opaque-Id`. */
  readonly opaqueId?: string | undefined;
  /** Of what writes in batches. */
  readonly throttle?: Throttle;
  /** How far it is. */
  readonly status?: () => JsonTree;
}

/** One request that takes its time, such as a reindex. */
export interface Task extends TaskRequest {
  /** The node's identifier, a colon and the task's number. */
  readonly id: string;
  readonly number: number;
  /** Asks it to end; it does once its present batch or turn is done. */
  readonly cancellation: AbortController;
  readonly startTimeMs: number;
  endTimeMs?: number;
  completed: boolean;
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;
  response?: JsonTree;
  error?: unknown;
}

/** A task whose end its request tells. */
interface RunningTask {
  readonly task: Task;
  end(): void;
}

/** Knows the requests that take their time, and remembers the last ones that nobody waits for, so that their outcome can be asked for. */
export interface TaskRegistry {
  /** Forgets it when it has ended. */
  begin(request: TaskRequest): RunningTask;
  /** Remembers what it came to if `isStored`, and forgets it when it has ended if not. */
  start(
    request: TaskRequest,
    options: {
      readonly cancellation: AbortController;
      readonly isStored: boolean;
      readonly run: () => Promise<JsonTree>;
    },
  ): Task;
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
  let lastNumber = 0;
  const running = (): readonly Task[] => [...tasks.values()].filter((task) => !task.completed);
  const forgetOldest = (): void => {
    for (const [id, task] of tasks) {
      if (tasks.size <= maxRemembered) return;
      if (task.completed) tasks.delete(id);
    }
  };
  const begin = (request: TaskRequest, cancellation: AbortController, isStored: boolean): RunningTask => {
    lastNumber += 1;
    let resolve = (): void => undefined;
    const ended = new Promise<void>((resolved) => {
      resolve = resolved;
    });
    const id = `${nodeId}:${lastNumber}`;
    const own = { id, number: lastNumber, cancellation, startTimeMs: Date.now(), completed: false, ended };
    const task: Task = Object.assign(own, request);
    tasks.set(task.id, task);
    forgetOldest();
    return {
      task,
      end: () => {
        task.completed = true;
        task.endTimeMs = Date.now();
        if (!isStored) tasks.delete(task.id);
        resolve();
      },
    };
  };
  return {
    begin: (request) => begin(request, new AbortController(), false),
    start: (request, { cancellation, isStored, run }) => {
      const { task, end } = begin(request, cancellation, isStored);
      run()
        .then(
          (response) => {
            task.response = response;
          },
          (error: unknown) => {
            task.error = error;
          },
        )
        .then(end);
      return task;
    },
    get: (id) => tasks.get(id),
    running,
    cancelThrottled: (reason) => {
      for (const { throttle, cancellation } of running()) {
        if ((throttle?.requestsPerSecond ?? Number.POSITIVE_INFINITY) !== Number.POSITIVE_INFINITY)
          cancellation.abort(reason);
      }
    },
    settled: async () => {
      await Promise.all(running().map(({ ended }) => ended));
    },
  };
}
