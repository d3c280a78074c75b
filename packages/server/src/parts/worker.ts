import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonValue } from '@daybook/cwl';
import { startWorker as start, type WorkerOptions } from '@daybook/worker';
import type { Settings } from '../config/settings.ts';
import type { Part } from './part.ts';
import type { PartContext } from './part-context.ts';
import { openSecretKeys } from './secret-keys.ts';
import { stageInOptions } from './stage-in.ts';
import { workerLimits } from './worker-limits.ts';

const UPDATE_JOB = fileURLToPath(new URL('../bin/update-job.js', import.meta.resolve('@daybook/update-job')));
/** How long a worker that shall finish its jobs waits for them before it hands them back. */
const FINISH_LIMIT_MS = 11.5 * 3600 * 1000;

/** Starts a worker; it takes jobs once cwltool is there. */
export async function startWorker(context: PartContext, publicUrl: string): Promise<Part> {
  const { settings, dataDir, connections, cwltool, outputStore, s3, version } = context;
  const { bus, database, aws } = connections;
  const log = context.log.child({ part: 'worker' });
  const worker = await start({
    database,
    sqs: bus.sqs,
    requestQueueUrl: bus.requestQueueUrl,
    deadLetterQueueUrl: bus.requestDeadLetterQueueUrl,
    sns: bus.sns,
    topicArn: bus.topicArn,
    cwltool: () => cwltool.open(),
    outputStore,
    publicUrl,
    workDir: dataDir.work,
    slots: settings.slots,
    steps: {
      updateJobBin: UPDATE_JOB,
      programPaths: modulePaths(UPDATE_JOB),
      region: aws.region,
      credentials: aws.credentials,
      ...(aws.endpoint === undefined ? {} : { awsEndpoint: aws.endpoint }),
    },
    leaseSeconds: settings['lease-seconds'],
    maxAttempts: settings['max-attempts'],
    wallLimitSeconds: settings['wall-limit-seconds'],
    serverInputs: settings['server-inputs'] as Record<string, JsonValue>,
    secretInputs: settings['secret-inputs'],
    secretKeys: openSecretKeys(dataDir.secretKeyFile),
    inputRoots: settings['input-roots'].map((folder) => resolve(folder)),
    ...workerLimits(settings),
    ...stageInOptions(settings, s3),
    containerEngine: settings['container-engine'],
    updateEndpoint: updateEndpoint(settings),
    cwltoolArguments: settings['cwltool-arguments'],
    sandbox: settings.sandbox,
    jobNetwork: settings['job-network'],
    jobPaths: settings['job-paths'].map((folder) => resolve(folder)),
    documentRoots: [...settings['cwl-roots'], ...Object.values(settings['cwl-url-map']).map(String)].map((folder) =>
      resolve(folder),
    ),
    privatePaths: [dataDir.path, dataDir.outputs, dataDir.secretKeyFile],
    version,
    log: (level, message, detail) => log[level]({ ...detail }, message),
  });
  return {
    name: 'worker',
    health() {
      const { state, reason, runningJobs, slots, sandboxReason } = worker.health();
      const status = state === 'running' ? 'ready' : state === 'waiting' ? 'waiting' : 'failed';
      const use = `${runningJobs.length} of ${slots} slots in use`;
      const unsandboxed = sandboxReason === undefined ? '' : `; jobs run without a sandbox: ${sandboxReason}`;
      return { name: 'worker', status, detail: `${reason ?? use}${unsandboxed}` };
    },
    stop: () => worker.stop({ mode: settings.shutdown, timeoutMs: FINISH_LIMIT_MS }),
  };
}

function updateEndpoint(settings: Settings): WorkerOptions['updateEndpoint'] {
  const { host, 'update-port': port, 'update-url': url } = settings;
  return port === 0 ? undefined : { host, port, ...(url !== undefined && { url }) };
}

/** Where Node looks for the modules of a program: the folder of its package, and of all packages that it may import. */
function modulePaths(program: string): readonly string[] {
  const packageFolder = dirname(dirname(realpathSync(program)));
  const folders = [packageFolder];
  while (folders.at(-1) !== dirname(folders.at(-1)!)) folders.push(dirname(folders.at(-1)!));
  const modules = folders.map((folder) => join(folder, 'node_modules')).filter((folder) => existsSync(folder));
  return [dirname(packageFolder), ...modules];
}
