import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildJobRequest, type JsonObject, newSecretKeys, parseSecretKeys, type SecretKeys } from '@daybook/jobs';
import { type OutputStore, openOutputStore } from '@daybook/output-store';
import type { WorkerOptions } from '../options.ts';
import { startWorker } from '../start-worker.ts';
import type { Worker } from '../worker.ts';
import { createTwinCwltool, type TwinCwltool } from './twin-cwltool.ts';
import { createTwinDatabase, type TwinDatabase } from './twin-database.ts';
import { createTwinQueues, type TwinQueues } from './twin-queues.ts';
import { createTwinTopic, type TwinTopic } from './twin-topic.ts';

/** The URL of the request queue. */
export const REQUESTS = 'queue:requests';
/** The URL of its dead-letter queue. */
export const DEAD_LETTERS = 'queue:dead-letters';

/** Those of every bench. */
export const secretKeys: SecretKeys = parseSecretKeys(newSecretKeys());

/** A worker with twins of everything that it talks to, and a real output store. */
export interface WorkerBench {
  readonly queues: TwinQueues;
  readonly topic: TwinTopic;
  readonly database: TwinDatabase;
  readonly cwltool: TwinCwltool;
  readonly outputStore: OutputStore;
  /** Below it, `work` is the worker's directory. */
  readonly base: string;
  readonly log: readonly string[];
  /** Starts a worker of lease 2 s and two slots. It is stopped when the bench is closed. */
  start(options?: Partial<WorkerOptions>): Promise<Worker>;
  /** Deploys a process of one output, puts the job into the database and its request into the queue. */
  submit(id: string, inputs?: JsonObject): void;
  /** The directories of jobs that there are now. */
  jobDirectories(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** The process that {@link WorkerBench.submit} runs: it takes any text. */
const ECHO: JsonObject = {
  cwlVersion: 'v1.2',
  class: 'CommandLineTool',
  baseCommand: 'echo',
  inputs: [
    { id: 'message', type: ['null', 'string'] },
    { id: 'data', type: ['null', 'File'] },
    { id: 'job_id', type: 'string' },
    { id: 'job_inputs', type: 'string' },
    { id: 'jobs_data_sns_topic_arn', type: 'string' },
    { id: 'bucket', type: ['null', 'string'] },
  ],
  outputs: [{ id: 'output', type: 'Any' }],
};

/** A bench without a running worker. */
export async function createWorkerBench(): Promise<WorkerBench> {
  const base = await mkdtemp(join(tmpdir(), 'worker-'));
  const queues = createTwinQueues();
  const database = createTwinDatabase();
  const topic = createTwinTopic(database.apply);
  const cwltool = createTwinCwltool();
  const outputStore = await openOutputStore({ root: join(base, 'store') });
  await mkdir(join(base, 'inputs'));
  database.processDocuments.set('echo:1', { id: 'echo:1', cwl: ECHO });
  const workers: Worker[] = [];
  const log: string[] = [];
  return {
    queues,
    topic,
    database,
    cwltool,
    outputStore,
    base,
    log,
    async start(options = {}) {
      const worker = await startWorker({
        database,
        sqs: queues,
        requestQueueUrl: REQUESTS,
        deadLetterQueueUrl: DEAD_LETTERS,
        sns: topic,
        topicArn: 'arn:aws:sns:us-east-1:000000000000:updates.fifo',
        cwltool: async () => cwltool,
        outputStore,
        publicUrl: 'http://ades.test:5001/',
        workDir: join(base, 'work'),
        slots: 2,
        leaseSeconds: 2,
        secretKeys,
        sandbox: 'off',
        inputRoots: [join(base, 'inputs')],
        steps: {
          updateJobBin: "/opt/it's/update-job.js",
          region: 'us-east-1',
          awsEndpoint: 'http://127.0.0.1:4566',
          credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
        },
        log: (level, message) => log.push(`${level}: ${message}`),
        ...options,
      });
      workers.push(worker);
      return worker;
    },
    submit(id, inputs) {
      database.submit(id, 'echo:1', inputs);
      queues.send(REQUESTS, buildJobRequest(id));
    },
    jobDirectories: () => readdir(join(base, 'work', 'jobs')),
    async close() {
      await Promise.all(workers.map((worker) => worker.stop({ mode: 'hand-back', timeoutMs: 0 })));
      await rm(base, { recursive: true, force: true });
    },
  };
}
