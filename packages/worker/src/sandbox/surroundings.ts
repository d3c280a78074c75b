import type { Cwltool, CwltoolJob } from '@daybook/cwltool';
import type { JobUpdate } from '@daybook/jobs';
import type { ResolvedWorkerOptions } from '../options.ts';
import { existingRoots } from '../run/check-inputs.ts';
import { buildSandboxEnvironment, buildStepEnvironment } from '../step-environment.ts';
import type { WorkDirectory } from '../work-directory.ts';
import { asksForNetwork } from './asks-for-network.ts';
import { openUpdateSocket } from './update-socket.ts';
import { createUpdateSpool } from './update-spool.ts';
import { usedRoots } from './used-roots.ts';

/** What surrounds a run: its sandbox, where it has one, and how its Update Job steps reach the topic. */
export interface Surroundings {
  readonly job: Pick<CwltoolJob, 'environment' | 'sandbox'>;
  close(): Promise<void>;
}

/** What surroundings are made of. */
export interface SurroundingsRuntime {
  readonly options: Pick<
    ResolvedWorkerOptions,
    'topicArn' | 'steps' | 'inputRoots' | 'documentRoots' | 'sandbox' | 'jobNetwork' | 'jobPaths' | 'privatePaths'
  >;
  readonly cwltool: () => Pick<Cwltool, 'health'>;
  readonly workDirectory: Pick<WorkDirectory, 'root' | 'binDirectory'>;
  readonly publish: (update: JobUpdate, signal: AbortSignal) => Promise<void>;
}

/** Without a sandbox, `update-job` publishes by itself, with the worker's credentials; in one, by the socket that the worker opens here. What it cannot publish it leaves in the spool. */
export async function openSurroundings(
  { job, attempt }: { readonly job: { readonly id: string }; readonly attempt: number },
  { document, jobOrder, directory }: CwltoolJob,
  { options, cwltool, workDirectory, publish }: SurroundingsRuntime,
): Promise<Surroundings> {
  const { steps, topicArn } = options;
  const spool = { DAYBOOK_UPDATE_SPOOL: await createUpdateSpool(directory) };
  if (options.sandbox === 'off' || (options.sandbox === 'auto' && cwltool().health().sandboxReason !== undefined)) {
    const environment = { ...(await buildStepEnvironment(steps, topicArn)), ...spool };
    return { job: { environment }, close: async () => {} };
  }
  const inputs = usedRoots(jobOrder, await existingRoots(options.inputRoots));
  const defaults = usedRoots(document, await existingRoots([...options.inputRoots, ...options.documentRoots]));
  const socket = await openUpdateSocket({ owner: { id: job.id, attempt }, directory, publish });
  const programs = [workDirectory.binDirectory, process.execPath, ...(steps.programPaths ?? [])];
  return {
    job: {
      environment: { ...buildSandboxEnvironment(topicArn, socket.path), ...spool },
      sandbox: {
        readable: [...programs, ...options.jobPaths, ...inputs, ...defaults],
        hidden: [workDirectory.root, ...options.privatePaths],
        network: options.jobNetwork && asksForNetwork(document),
      },
    },
    close: () => socket.close(),
  };
}
