import { setTimeout as wait } from 'node:timers/promises';
import { DaybookError } from '@daybook/errors';
import { LineSplitter } from './line-splitter.ts';
import { startFailure } from './missing-python.ts';
import { processesEnd, signalProcess } from './processes-end.ts';
import { type PythonOptions, spawnPython } from './python-server.ts';
import { parseTaskEvent } from './task-event.ts';
import type { HostHealth, Task, TaskEnd, TaskEvent, TaskHost, TaskRequest } from './task-host.ts';

const MAX_EVENT_BYTES = 64 * 2 ** 20;
const MAX_SAID_CHARS = 8192;
const END_MARGIN_MS = 5_000;

/**
 * Runs each task in an interpreter of its own, where tasks cannot be forked from a warm server.
 * It holds a task by its process group, so a tool that leaves the group outlives its task.
 */
export class ColdHost implements TaskHost {
  readonly #options: PythonOptions;
  readonly #tasks = new Map<string, Task>();
  #closed = false;

  constructor(options: PythonOptions) {
    this.#options = options;
  }

  start(request: TaskRequest, onEvent: (event: TaskEvent) => void): Task {
    if (this.#closed) throw new DaybookError('unavailable', 'cwltool is closed');
    if (this.#tasks.has(request.id)) {
      throw new DaybookError('invalid-argument', `id: ${JSON.stringify(request.id)} is running already`);
    }
    const task = startTask(this.#options, request, onEvent);
    this.#tasks.set(request.id, task);
    const forget = () => this.#tasks.delete(request.id);
    task.end.then(forget, forget);
    return task;
  }

  health(): HostHealth {
    return { state: this.#closed ? 'closed' : 'ready', runningTasks: this.#tasks.size, restarts: 0 };
  }

  async close(): Promise<void> {
    this.#closed = true;
    const tasks = [...this.#tasks.values()];
    for (const task of tasks) task.cancel();
    await Promise.allSettled(tasks.map((task) => task.end));
  }
}

function startTask(options: PythonOptions, request: TaskRequest, onEvent: (event: TaskEvent) => void): Task {
  const startedAt = Date.now();
  const child = spawnPython(options, [request.op], { detached: true });
  const timers: NodeJS.Timeout[] = [];
  let reason: TaskEnd['reason'];
  let said = '';
  const stop = (why: NonNullable<TaskEnd['reason']>): void => {
    if (reason !== undefined || child.pid === undefined) return;
    reason = why;
    const group = -child.pid;
    signalProcess(group, 'SIGTERM');
    timers.push(setTimeout(() => signalProcess(group, 'SIGKILL'), Number(request.graceMs ?? 0)));
  };
  if (typeof request.wallLimitMs === 'number') timers.push(setTimeout(() => stop('wall-limit'), request.wallLimitMs));

  const events = new LineSplitter(MAX_EVENT_BYTES, (line) => {
    const event = parseTaskEvent(line);
    if (event !== undefined) onEvent(event);
  });
  child.stdout.on('data', (chunk: Buffer) => events.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-MAX_SAID_CHARS);
  });
  child.stdin.on('error', () => {});
  child.stdin.end(`${JSON.stringify(request)}\n`);

  const closed = new Promise((resolve) => child.once('close', resolve));
  const end = new Promise<TaskEnd>((resolve, reject) => {
    child.once('error', (error) => reject(startFailure(options.python, error, said)));
    // 'exit' and not 'close': what the task left in the background may hold the pipes, and is ended first.
    child.once('exit', async (code, signal) => {
      for (const timer of timers) clearTimeout(timer);
      const group = -child.pid!;
      if (signalProcess(group, 'SIGKILL')) await processesEnd(group, END_MARGIN_MS);
      await Promise.race([closed, wait(END_MARGIN_MS, undefined, { ref: false })]);
      const ended = reason ?? (signal === null ? undefined : 'runner-died');
      resolve({
        wallMs: Date.now() - startedAt,
        ...(code !== null && { exitCode: code }),
        ...(ended !== undefined && { reason: ended }),
      });
    });
  });
  return { end, cancel: () => stop('cancelled') };
}
