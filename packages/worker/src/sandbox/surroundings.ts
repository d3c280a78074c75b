import type { Cwltool, CwltoolJob } from '@daybook/cwltool';
import type { JobUpdate } from '@daybook/jobs';
import type { ResolvedWorkerOptions } from '../options.ts';
import { existingRoots } from '../run/check-inputs.ts';
import { buildSandboxEnvironment, buildStepEnvironment } from '../step-environment.ts';
import type { WorkDirectory } from '../work-directory.ts';
import { asksForNetwork } from './asks-for-network.ts';
import type { UpdateEndpoint } from './update-endpoint.ts';
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
  /** Absent where the worker has none. */
  readonly updateEndpoint: Pick<UpdateEndpoint, 'url' | 'admit'> | undefined;
}

/** Without a sandbox, `update-job` publishes by itself, with the worker's credentials; in one, by the socket that the worker opens here. What it cannot publish it leaves in the spool. */
export async function openSurroundings(
  { job, attempt }: { readonly job: { readonly id: string }; readonly attempt: number },
  { document, jobOrder, directory }: CwltoolJob,
  { options, cwltool, workDirectory, publish, updateEndpoint }: SurroundingsRuntime,
): Promise<Surroundings> {
  const { steps, topicArn } = options;
  const ended = new AbortController();
  const owner = { id: job.id, attempt };
  const reports = async (): Promise<Readonly<Record<string, string>>> => {
    const spool = await createUpdateSpool(directory);
    const token = updateEndpoint?.admit({ owner, publish, signal: ended.signal });
    const endpoint = { DAYBOOK_UPDATE_URL: updateEndpoint?.url ?? '', DAYBOOK_UPDATE_TOKEN: token ?? '' };
    return { DAYBOOK_UPDATE_SPOOL: spool, ...(token !== undefined && endpoint) };
  };
  const end = (): void => ended.abort(new Error('The job has ended'));
  if (options.sandbox === 'off' || (options.sandbox === 'auto' && cwltool().health().sandboxReason !== undefined)) {
    const environment = { ...(await buildStepEnvironment(steps, topicArn)), ...(await reports()) };
    return { job: { environment }, close: async () => end() };
  }
  const inputs = usedRoots(jobOrder, await existingRoots(options.inputRoots));
  const defaults = usedRoots(document, await existingRoots([...options.inputRoots, ...options.documentRoots]));
  const socket = await openUpdateSocket({ owner, directory, publish });
  const programs = [workDirectory.binDirectory, process.execPath, ...(steps.programPaths ?? [])];
  return {
    job: {
      environment: { ...buildSandboxEnvironment(topicArn, socket.path), ...(await reports()) },
      sandbox: {
        readable: [...programs, ...options.jobPaths, ...inputs, ...defaults],
        hidden: [workDirectory.root, ...options.privatePaths],
        network: options.jobNetwork && asksForNetwork(document),
      },
    },
    async close() {
      end();
      await socket.close();
    },
  };
}
