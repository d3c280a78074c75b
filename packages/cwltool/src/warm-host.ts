import { setTimeout as wait } from 'node:timers/promises';
import { DaybookError } from '@daybook/errors';
import type { CwltoolLog } from './cwltool-log.ts';
import { processesEnd } from './processes-end.ts';
import { type PythonOptions, PythonServer } from './python-server.ts';
import { taskEnd } from './task-event.ts';
import type { HostHealth, ReadyEvent, Task, TaskEnd, TaskEvent, TaskHost, TaskRequest } from './task-host.ts';

const FIRST_RESTART_DELAY_MS = 250;
const MAX_RESTART_DELAY_MS = 30_000;
/** A server that lived this long was healthy: the next restart is prompt again. */
const HEALTHY_MS = 60_000;
/** What a supervisor needs beyond a task's grace to kill and report. */
const END_MARGIN_MS = 5_000;

interface RunningTask {
  readonly graceMs: number;
  readonly startedAt: number;
  /** The task's supervisor, once it is known: the last of its processes to end. */
  supervisor?: number;
  onEvent(event: TaskEvent): void;
  resolve(end: TaskEnd): void;
  reject(error: unknown): void;
}

/** Runs tasks in a warm Python server, and starts another when it dies. */
export class WarmHost implements TaskHost {
  readonly #options: PythonOptions;
  readonly #log: CwltoolLog;
  readonly #tasks = new Map<string, RunningTask>();
  readonly #closing = new AbortController();
  #server!: PythonServer;
  #supervision!: Promise<void>;
  #state: HostHealth['state'] = 'ready';
  #restarts = 0;

  private constructor(options: PythonOptions, log: CwltoolLog) {
    this.#options = options;
    this.#log = log;
  }

  /** Starts the first server. Throws `unavailable`. */
  static async open(options: PythonOptions, log: CwltoolLog): Promise<WarmHost> {
    const host = new WarmHost(options, log);
    host.#server = await host.#startServer();
    host.#supervision = host.#supervise();
    return host;
  }

  /** What the present server said when it was warm. */
  get ready(): ReadyEvent {
    return this.#server.ready;
  }

  start(request: TaskRequest, onEvent: (event: TaskEvent) => void): Task {
    if (this.#state !== 'ready') {
      const message = this.#state === 'closed' ? 'cwltool is closed' : 'cwltool is being started again; try later';
      throw new DaybookError('unavailable', message);
    }
    if (this.#tasks.has(request.id)) {
      throw new DaybookError('invalid-argument', `id: ${JSON.stringify(request.id)} is running already`);
    }
    const { promise: end, resolve, reject } = withResolvers<TaskEnd>();
    const graceMs = typeof request.graceMs === 'number' ? request.graceMs : 0;
    this.#tasks.set(request.id, { graceMs, startedAt: Date.now(), onEvent, resolve, reject });
    this.#server.send(request);
    return { end, cancel: () => this.#server.send({ op: 'cancel', id: request.id }) };
  }

  health(): HostHealth {
    return {
      state: this.#state,
      ...(this.#state === 'ready' && { pid: this.#server.ready.pid }),
      runningTasks: this.#tasks.size,
      restarts: this.#restarts,
    };
  }

  async close(): Promise<void> {
    this.#state = 'closed';
    this.#closing.abort();
    const graceMs = Math.max(0, ...[...this.#tasks.values()].map((task) => task.graceMs));
    await this.#server.stop(graceMs + END_MARGIN_MS);
    await this.#supervision;
  }

  #startServer(): Promise<PythonServer> {
    return PythonServer.start(this.#options, {
      onEvent: (event) => this.#receive(event),
      onLog: (line) => this.#log('warn', line),
    });
  }

  #receive(event: TaskEvent): void {
    const task = typeof event.id === 'string' ? this.#tasks.get(event.id) : undefined;
    if (task === undefined) {
      if (event.event === 'rejected') this.#log('error', 'cwltool refused a request', { message: event.message });
      return;
    }
    if (event.event === 'started' && typeof event.supervisor === 'number') task.supervisor = event.supervisor;
    if (event.event === 'ended') this.#end(event.id as string, task).resolve(taskEnd(event));
    else if (event.event === 'rejected') {
      this.#end(event.id as string, task).reject(new DaybookError('invalid-argument', String(event.message)));
    } else task.onEvent(event);
  }

  #end(id: string, task: RunningTask): RunningTask {
    this.#tasks.delete(id);
    return task;
  }

  /** Waits for the server's end, ends its tasks, starts the next one; until the host is closed. */
  async #supervise(): Promise<void> {
    let delayMs = FIRST_RESTART_DELAY_MS;
    while (true) {
      const startedAt = Date.now();
      await this.#server.exited;
      if (this.#state !== 'closed') this.#state = 'restarting';
      await this.#endAll();
      if (this.#closing.signal.aborted) return;
      if (Date.now() - startedAt > HEALTHY_MS) delayMs = FIRST_RESTART_DELAY_MS;
      this.#log('error', 'the cwltool server died; it is started again', { delayMs });
      const next = await this.#startAgain(delayMs);
      if (next === undefined) return;
      delayMs = next;
    }
  }

  /** Returns the delay for the time after; undefined when the host was closed meanwhile. */
  async #startAgain(firstDelayMs: number): Promise<number | undefined> {
    for (let delayMs = firstDelayMs; ; delayMs = Math.min(2 * delayMs, MAX_RESTART_DELAY_MS)) {
      try {
        await wait(delayMs, undefined, { signal: this.#closing.signal });
        const server = await this.#startServer();
        if (this.#closing.signal.aborted) {
          await server.stop(END_MARGIN_MS);
          return undefined;
        }
        this.#server = server;
        this.#restarts += 1;
        this.#state = 'ready';
        return Math.min(2 * delayMs, MAX_RESTART_DELAY_MS);
      } catch (error) {
        if (this.#closing.signal.aborted) return undefined;
        this.#log('error', 'cwltool could not be started again', { error: String(error) });
      }
    }
  }

  /** The server is gone: the supervisors notice, and end what is theirs within the grace. */
  async #endAll(): Promise<void> {
    const tasks = [...this.#tasks.values()];
    this.#tasks.clear();
    await Promise.all(
      tasks.map(async (task) => {
        if (task.supervisor !== undefined) await processesEnd(task.supervisor, task.graceMs + END_MARGIN_MS);
        task.resolve({ reason: 'server-died', wallMs: Date.now() - task.startedAt });
      }),
    );
  }
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: unknown) => void } {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
