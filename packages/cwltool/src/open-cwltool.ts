import { DaybookError } from '@daybook/errors';
import { ColdHost } from './cold-host.ts';
import type { Cwltool, CwltoolHealth, CwltoolRun } from './cwltool.ts';
import type { CwltoolLog } from './cwltool-log.ts';
import { packDocument } from './pack-document.ts';
import { runCwltool } from './run-cwltool.ts';
import type { ReadyEvent, TaskHost } from './task-host.ts';
import { WarmHost } from './warm-host.ts';

/** How to open cwltool. */
export interface CwltoolOptions {
  /** The interpreter of the virtual environment that has cwltool, such as `.venv/bin/python`. */
  readonly python: string;
  /** Directory for temporary files that belong to no job. Default: the system's. */
  readonly workDir?: string;
  /** `cold` starts an interpreter for each run also where runs could be forked. Default `auto`. */
  readonly mode?: 'auto' | 'cold';
  readonly log?: CwltoolLog;
}

/**
 * Starts the Python server and resolves when it is warm (about 1.5 s). A server that dies later is started again, with back-off.
 * Throws `unavailable`, saying what to install, where Python or cwltool is missing.
 */
export async function openCwltool(options: CwltoolOptions): Promise<Cwltool> {
  const log = options.log ?? (() => {});
  const python = { python: options.python, ...(options.workDir !== undefined && { workDir: options.workDir }) };
  const warm = await WarmHost.open(python, log);
  const { ready } = warm;
  const coldReason =
    options.mode === 'cold' ? 'it was asked for' : ready.warm ? undefined : (ready.coldReason ?? 'unknown');
  if (coldReason === undefined) return cwltool(warm, () => warm.ready, undefined);
  await warm.close();
  log('warn', 'cwltool runs cold', { reason: coldReason });
  return cwltool(new ColdHost(python), () => ready, coldReason);
}

function cwltool(host: TaskHost, ready: () => ReadyEvent, coldReason: string | undefined): Cwltool {
  let packs = 0;
  const noSandbox = (): string | undefined => whyUnsandboxed(ready(), coldReason);
  let closing: Promise<void> | undefined;
  return {
    pack: (request) => {
      packs += 1;
      // A run's id never holds a space, for it stands in file names of its owner.
      return packDocument(host, `pack ${packs}`, request);
    },
    run: (job, onEvent) => {
      const reason = job.sandbox === undefined ? undefined : noSandbox();
      if (reason !== undefined) return refusedRun(`runs cannot have a sandbox here: ${reason}`);
      return runCwltool(host, job, onEvent, () => closing !== undefined);
    },
    health: () => health(host, ready(), coldReason),
    close: () => {
      closing ??= host.close();
      return closing;
    },
  };
}

function refusedRun(reason: string): CwltoolRun {
  return { result: Promise.reject(new DaybookError('unavailable', reason)), cancel: () => {} };
}

/** In an interpreter of its own, a run has nobody to build its sandbox. */
function whyUnsandboxed(ready: ReadyEvent, coldReason: string | undefined): string | undefined {
  if (coldReason !== undefined) return `cwltool runs cold: ${coldReason}`;
  return ready.sandbox ? undefined : (ready.sandboxReason ?? 'unknown');
}

function health(host: TaskHost, ready: ReadyEvent, coldReason: string | undefined): CwltoolHealth {
  const { runningTasks, ...rest } = host.health();
  const sandboxReason = whyUnsandboxed(ready, coldReason);
  return {
    ...rest,
    mode: coldReason === undefined ? 'warm' : 'cold',
    ...(coldReason !== undefined && { coldReason }),
    ...(sandboxReason !== undefined && { sandboxReason }),
    cwltoolVersion: ready.cwltoolVersion,
    pythonVersion: ready.pythonVersion,
    javascript: ready.javascript,
    warmUpMs: ready.warmUpMs,
    runningJobs: runningTasks,
  };
}
