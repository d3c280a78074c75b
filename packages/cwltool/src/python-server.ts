import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { LineSplitter } from './line-splitter.ts';
import { startFailure } from './missing-python.ts';
import { PYTHON_DIRECTORY, PYTHON_PROGRAM } from './python-package.ts';
import { parseTaskEvent, readyEvent } from './task-event.ts';
import type { ReadyEvent, TaskEvent } from './task-host.ts';

const MAX_EVENT_BYTES = 64 * 2 ** 20;
const MAX_LOG_LINE_BYTES = 8192;
const MAX_START_MS = 60_000;

/** What one server process tells its owner. */
export interface PythonServerListener {
  onEvent(event: TaskEvent): void;
  /** A line that was written to standard error. */
  onLog(line: string): void;
}

/** How to start the Python program. */
export interface PythonOptions {
  readonly python: string;
  /** Where temporary files go. */
  readonly workDir?: string;
}

/** One process of the Python server, from its start to its exit. */
export class PythonServer {
  readonly ready: ReadyEvent;
  /** Resolves when the process has exited and all that it wrote has been read. */
  readonly exited: Promise<void>;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;

  private constructor(
    child: ChildProcessByStdio<Writable, Readable, Readable>,
    ready: ReadyEvent,
    exited: Promise<void>,
  ) {
    this.#child = child;
    this.ready = ready;
    this.exited = exited;
  }

  /** Starts a server and waits until it is warm. Throws `unavailable`, with what to install. */
  static async start(options: PythonOptions, listener: PythonServerListener): Promise<PythonServer> {
    const child = spawnPython(options, []);
    let said = '';
    const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const ready = await new Promise<ReadyEvent>((resolve, reject) => {
      let started = false;
      const fail = (cause: unknown) => {
        clearTimeout(timer);
        reject(startFailure(options.python, cause, said));
      };
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        fail(new Error(`it was not ready within ${MAX_START_MS} ms`));
      }, MAX_START_MS);
      const events = new LineSplitter(MAX_EVENT_BYTES, (line) => {
        const event = parseTaskEvent(line);
        if (event === undefined) return;
        if (event.event !== 'ready') return listener.onEvent(event);
        started = true;
        clearTimeout(timer);
        resolve(readyEvent(event));
      });
      const log = new LineSplitter(MAX_LOG_LINE_BYTES, (line) => {
        if (started) listener.onLog(line);
        else said = `${said}${line}\n`.slice(-MAX_LOG_LINE_BYTES);
      });
      child.stdout.on('data', (chunk: Buffer) => events.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => log.push(chunk));
      // A write to a server that has just died must not become an uncaught error; its exit is what counts.
      child.stdin.on('error', () => {});
      child.once('error', fail);
      child.once('close', (code, signal) => fail(new Error(`it ended with ${signal ?? `status ${code}`}`)));
    });
    return new PythonServer(child, ready, exited);
  }

  /** Sends one request. A server that has died ignores it. */
  send(request: object): void {
    if (this.#child.stdin.writable) this.#child.stdin.write(`${JSON.stringify(request)}\n`);
  }

  /** Ends every task, then the server; kills it when it takes longer than `limitMs`. */
  async stop(limitMs: number): Promise<void> {
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), limitMs);
    await this.exited;
    clearTimeout(timer);
  }
}

/** Starts the Python program with pipes; `extra.detached` gives it a process group of its own. */
export function spawnPython(
  options: PythonOptions,
  programArguments: readonly string[],
  extra: { detached?: boolean } = {},
): ChildProcessByStdio<Writable, Readable, Readable> {
  const temporary = options.workDir === undefined ? [] : ['--temporary-directory', options.workDir];
  return spawn(options.python, [...PYTHON_PROGRAM, ...programArguments, ...temporary], {
    cwd: PYTHON_DIRECTORY,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: extra.detached ?? false,
  });
}
