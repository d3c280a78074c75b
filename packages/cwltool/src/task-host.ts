import type { JsonObject } from './json.ts';

/** A request in the words of python/PROTOCOL.md: `op`, `id`, and the fields of that operation. */
export interface TaskRequest extends JsonObject {
  readonly op: 'run' | 'pack';
  readonly id: string;
}

/** One event of a task, as the Python side wrote it. */
export interface TaskEvent {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** How a task ended. */
export interface TaskEnd {
  readonly exitCode?: number;
  /** Why it was ended from outside; absent where it ended by itself. */
  readonly reason?: 'cancelled' | 'wall-limit' | 'server-died' | 'runner-died';
  readonly wallMs: number;
  readonly cpuMs?: number;
  readonly peakMemoryBytes?: number;
}

/** A task that goes on. */
export interface Task {
  /** Settles when no process of the task is left. Rejects with `invalid-argument` where the request was refused. */
  readonly end: Promise<TaskEnd>;
  /** Ends the task: TERM, and KILL after its grace. Harmless when it has ended. */
  cancel(): void;
}

/** What runs tasks: the warm server, or an interpreter for each. */
export interface TaskHost {
  /** Starts a task; its events come in order, before its end. Throws `unavailable` where tasks cannot be started now. */
  start(request: TaskRequest, onEvent: (event: TaskEvent) => void): Task;
  health(): HostHealth;
  /** Ends every task. Resolves when none of their processes is left. */
  close(): Promise<void>;
}

/** What a host says of itself. */
export interface HostHealth {
  readonly state: 'ready' | 'restarting' | 'closed';
  readonly pid?: number;
  readonly runningTasks: number;
  readonly restarts: number;
}

/** What the Python side says when it is warm. */
export interface ReadyEvent {
  readonly warm: boolean;
  readonly coldReason?: string;
  readonly sandbox: boolean;
  readonly sandboxReason?: string;
  readonly pid: number;
  readonly cwltoolVersion: string;
  readonly pythonVersion: string;
  readonly javascript: 'quickjs' | 'node' | 'none';
  readonly warmUpMs: number;
}
