import type { ReadyEvent, TaskEnd, TaskEvent } from './task-host.ts';

/** Reads one line of the Python side; undefined where it is no event. */
export function parseTaskEvent(line: string): TaskEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is TaskEvent {
  return typeof value === 'object' && value !== null && 'event' in value && typeof value.event === 'string';
}

/** The end that an `ended` event tells. */
export function taskEnd(event: TaskEvent): TaskEnd {
  const { exitCode, reason, wallMs, cpuMs, peakMemoryBytes } = event;
  return {
    wallMs: typeof wallMs === 'number' ? wallMs : 0,
    ...(typeof exitCode === 'number' && { exitCode }),
    ...(isReason(reason) && { reason }),
    ...(typeof cpuMs === 'number' && { cpuMs }),
    ...(typeof peakMemoryBytes === 'number' && { peakMemoryBytes }),
  };
}

function isReason(value: unknown): value is NonNullable<TaskEnd['reason']> {
  return value === 'cancelled' || value === 'wall-limit' || value === 'server-died' || value === 'runner-died';
}

/** The `ready` event's fields. */
export function readyEvent(event: TaskEvent): ReadyEvent {
  return event as unknown as ReadyEvent;
}
