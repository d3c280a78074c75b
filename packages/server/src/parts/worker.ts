import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonValue } from '@daybook/cwl';
import { startWorker as start } from '@daybook/worker';
import type { Part } from './part.ts';
import type { PartContext } from './part-context.ts';

const UPDATE_JOB = fileURLToPath(new URL('../bin/update-job.js', import.meta.resolve('@daybook/update-job')));
/** How long a worker that shall finish its jobs waits for them before it hands them back. */
const FINISH_LIMIT_MS = 11.5 * 3600 * 1000;

/** Starts a worker; it takes jobs once cwltool is there. */
export async function startWorker(context: PartContext, publicUrl: string): Promise<Part> {
  const { settings, dataDir, connections, cwltool, outputStore, version } = context;
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
      region: aws.region,
      credentials: aws.credentials,
      ...(aws.endpoint === undefined ? {} : { awsEndpoint: aws.endpoint }),
    },
    leaseSeconds: settings['lease-seconds'],
    maxAttempts: settings['max-attempts'],
    wallLimitSeconds: settings['wall-limit-seconds'],
    serverInputs: settings['server-inputs'] as Record<string, JsonValue>,
    inputRoots: settings['input-roots'].map((folder) => resolve(folder)),
    version,
    log: (level, message, detail) => log[level]({ ...detail }, message),
  });
  return {
    name: 'worker',
    health() {
      const { state, reason, runningJobs, slots } = worker.health();
      const status = state === 'running' ? 'ready' : state === 'waiting' ? 'waiting' : 'failed';
      return { name: 'worker', status, detail: reason ?? `${runningJobs.length} of ${slots} slots in use` };
    },
    stop: () => worker.stop({ mode: settings.shutdown, timeoutMs: FINISH_LIMIT_MS }),
  };
}
