import type { JobDocument } from '@daybook/jobs';
import type { AdesContext } from '../../ades-context.ts';
import { noSuchProcess } from '../../http/exception.ts';
import { createJobPreparer, type JobPreparer } from '../../jobs/prepare-job.ts';
import { findProcess } from '../../processes/load-process.ts';
import type { Process } from '../../processes/process.ts';

/** The process of retries, read once. */
export interface RetryProcess {
  readonly process: Process;
  readonly prepare: JobPreparer;
}

/**
 * Finds the process of a job's retry: that of the job, or its given version, in whichever form that was deployed. Rejects with `no-such-process` where it is not
 * deployed. Each is read once.
 */
export function createRetryProcesses(
  context: AdesContext,
  version: string | undefined,
): (job: JobDocument) => Promise<RetryProcess> {
  const found = new Map<string, Promise<RetryProcess>>();

  async function find(id: string): Promise<RetryProcess> {
    const process = version === undefined ? await findProcess(context.database, id) : await findVersion(id, version);
    if (process === undefined) throw noSuchProcess(version === undefined ? id : `${nameOf(id)}:${version}`);
    return { process, prepare: createJobPreparer(context, process) };
  }

  async function findVersion(id: string, wanted: string): Promise<Process | undefined> {
    const name = nameOf(id);
    for (const candidate of [`${name}:${wanted}`, id, name]) {
      const process = await findProcess(context.database, candidate);
      if (process?.version === wanted) return process;
    }
    return undefined;
  }

  return (job) => {
    const id = job['process-id'] ?? '';
    const known = found.get(id) ?? find(id);
    found.set(id, known);
    return known;
  };
}

/** `<name>` of `<name>:<version>`. */
function nameOf(processId: string): string {
  return processId.replace(/:[^:]*$/, '');
}
