import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Cwltool, CwltoolHealth, CwltoolJob, RunEvent, RunResult } from '@daybook/cwltool';

/** What a run does instead of running: it may emit events, and wait until it is cancelled. */
export type Script = (
  job: CwltoolJob,
  emit: (event: RunEvent) => void,
  cancelled: Promise<string>,
) => Promise<RunResult>;

/** A cwltool that runs scripts. */
export interface TwinCwltool extends Pick<Cwltool, 'run' | 'health'> {
  script: Script;
  readonly jobs: readonly CwltoolJob[];
  readonly cancelReasons: readonly string[];
  state: CwltoolHealth['state'];
  sandboxReason?: string;
}

/** What a run took, in tests that do not look at it. */
export const NO_USAGE = { wallMs: 1 };

/** A cwltool whose runs succeed without outputs. */
export function createTwinCwltool(): TwinCwltool {
  const jobs: CwltoolJob[] = [];
  const cancelReasons: string[] = [];
  const twin: TwinCwltool = {
    jobs,
    cancelReasons,
    state: 'ready',
    script: async () => ({ status: 'success', outputs: {}, usage: NO_USAGE }),
    run(job, onEvent) {
      jobs.push(job);
      let cancel: (reason: string) => void = () => {};
      const cancelled = new Promise<string>((resolve) => {
        cancel = (reason) => {
          cancelReasons.push(reason);
          resolve(reason);
        };
      });
      return { result: twin.script(job, onEvent, cancelled), cancel };
    },
    health: () => ({
      state: twin.state,
      mode: 'warm',
      cwltoolVersion: '3',
      pythonVersion: '3',
      javascript: 'quickjs',
      warmUpMs: 0,
      runningJobs: 0,
      restarts: 0,
      ...(twin.sandboxReason !== undefined && { sandboxReason: twin.sandboxReason }),
    }),
  };
  return twin;
}

/** A run that ends only when it is cancelled. */
export const untilCancelled: Script = async (_job, _emit, cancelled) => ({
  status: 'stopped',
  reason: 'cancelled',
  cancelReason: await cancelled,
  usage: NO_USAGE,
});

/** A run whose output is the file `echo.txt` with the text `hello`. */
export const writesFile: Script = async (job) => {
  await mkdir(join(job.directory, 'out'));
  const path = join(job.directory, 'out', 'echo.txt');
  await writeFile(path, 'hello');
  const output = {
    class: 'File',
    location: pathToFileURL(path).href,
    basename: 'echo.txt',
    size: 5,
    checksum: 'sha1$x',
  };
  return { status: 'success', outputs: { output }, usage: NO_USAGE };
};
