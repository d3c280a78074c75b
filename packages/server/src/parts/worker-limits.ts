import { availableParallelism, totalmem } from 'node:os';
import type { WorkerOptions } from '@daybook/worker';
import type { Settings } from '../config/settings.ts';

const MEBIBYTE = 2 ** 20;

/** What the settings hold jobs to; a limit of 0 is none, except that of the logs. */
export function workerLimits(
  settings: Settings,
): Required<Pick<WorkerOptions, 'capacity' | 'processLimits' | 'maxJobBytes' | 'maxLogBytes'>> {
  const limit = (name: 'job-memory-mib' | 'job-open-files' | 'job-processes' | 'job-disk-mib'): number | undefined =>
    settings[name] === 0 ? undefined : settings[name];
  const memoryMib = limit('job-memory-mib');
  const openFiles = limit('job-open-files');
  const processes = limit('job-processes');
  return {
    capacity: {
      cores: settings.cores || availableParallelism(),
      memoryBytes: settings['memory-mib'] * MEBIBYTE || totalmem(),
    },
    processLimits: {
      ...(memoryMib !== undefined && { memoryBytes: memoryMib * MEBIBYTE }),
      ...(openFiles !== undefined && { openFiles }),
      ...(processes !== undefined && { processes }),
    },
    maxJobBytes: (limit('job-disk-mib') ?? Number.POSITIVE_INFINITY) * MEBIBYTE,
    maxLogBytes: settings['job-log-mib'] * MEBIBYTE,
  };
}
