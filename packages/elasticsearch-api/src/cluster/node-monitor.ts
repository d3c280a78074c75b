import { readdirSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { cpus } from 'node:os';
import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';

/** Garbage collections of one kind. */
export interface Collections {
  readonly count: number;
  readonly tookMs: number;
}

/** Percent of all processors of the machine. */
export interface ProcessorUse {
  readonly machinePercent: number;
  readonly processPercent: number;
}

interface ProcessorTimes {
  readonly atMs: number;
  readonly busyMs: number;
  readonly allMs: number;
  readonly processMs: number;
}

/** What is told of a time shorter than this is what was told before. */
const leastSampleMs = 1000;

/** What the one node keeps of how it does since it was started. */
export class NodeMonitor {
  #openConnections = 0;
  #openedConnections = 0;
  readonly #young = { count: 0, tookMs: 0 };
  readonly #old = { count: 0, tookMs: 0 };
  readonly #observer: PerformanceObserver;
  #times: ProcessorTimes = processorTimes();
  #use: ProcessorUse = { machinePercent: 0, processPercent: 0 };

  constructor() {
    this.#observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) this.#collected(entry);
    });
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  /** Counts the connections of a server. */
  watch(server: Server): void {
    server.on('connection', (socket) => {
      this.#openConnections += 1;
      this.#openedConnections += 1;
      socket.once('close', () => {
        this.#openConnections -= 1;
      });
    });
  }

  get connections(): { readonly open: number; readonly opened: number } {
    return { open: this.#openConnections, opened: this.#openedConnections };
  }

  /** Of new objects, and of all. */
  get collections(): { readonly young: Collections; readonly old: Collections } {
    return { young: this.#young, old: this.#old };
  }

  /** Since it was last asked, a second ago or more. */
  processorUse(): ProcessorUse {
    const [before, now] = [this.#times, processorTimes()];
    if (now.atMs - before.atMs < leastSampleMs) return this.#use;
    const allMs = now.allMs - before.allMs;
    const processMs = (now.processMs - before.processMs) / cpus().length;
    this.#times = now;
    this.#use = {
      machinePercent: percent(now.busyMs - before.busyMs, allMs),
      processPercent: percent(processMs, now.atMs - before.atMs),
    };
    return this.#use;
  }

  close(): void {
    this.#observer.disconnect();
  }

  #collected(entry: PerformanceEntry): void {
    const kind = (entry as { readonly detail?: { readonly kind?: number } }).detail?.kind;
    if (kind !== constants.NODE_PERFORMANCE_GC_MINOR && kind !== constants.NODE_PERFORMANCE_GC_MAJOR) return;
    const collections = kind === constants.NODE_PERFORMANCE_GC_MINOR ? this.#young : this.#old;
    collections.count += 1;
    collections.tookMs += entry.duration;
  }
}

function processorTimes(): ProcessorTimes {
  let busyMs = 0;
  let idleMs = 0;
  for (const { times } of cpus()) {
    busyMs += times.user + times.nice + times.sys + times.irq;
    idleMs += times.idle;
  }
  const { user, system } = process.cpuUsage();
  return { atMs: performance.now(), busyMs, allMs: busyMs + idleMs, processMs: (user + system) / 1000 };
}

function percent(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(100, Math.round((part / whole) * 100));
}

/** Files that the process has open, and may have; -1 where the system does not say. */
export function fileDescriptors(): { readonly open: number; readonly max: number } {
  try {
    const open = readdirSync('/proc/self/fd').length;
    const max = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return { open, max: Number(max ?? -1) };
  } catch {
    return { open: -1, max: -1 };
  }
}
