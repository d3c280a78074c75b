import { availableParallelism, totalmem } from 'node:os';
import type { Credentials, SnsClient, SqsClient } from '@daybook/aws-client';
import type { JsonValue } from '@daybook/cwl';
import type { Cwltool, ProcessLimits } from '@daybook/cwltool';
import { DaybookError } from '@daybook/errors';
import type { SecretKeys } from '@daybook/jobs';
import type { JobsDatabase } from '@daybook/jobs-database';
import type { OutputStore } from '@daybook/output-store';
import type { ContainerEngine } from './run/container-engine.ts';
import type { RequiredResources } from './run/required-resources.ts';
import type { UpdateEndpointOptions } from './sandbox/update-endpoint.ts';
import type { StageInOptions } from './stage-in/stage-in.ts';

/** Takes one line of the log; `detail` holds its names and values. */
export type WorkerLog = (
  level: 'info' | 'warn' | 'error',
  message: string,
  detail?: Readonly<Record<string, unknown>>,
) => void;

/** The calls of the jobs database that a worker makes. */
export type WorkerDatabase = Pick<JobsDatabase, 'getJob' | 'getJobs' | 'claimAttempt'> & {
  readonly processes: Pick<JobsDatabase['processes'], 'get'>;
  readonly workers: JobsDatabase['workers'];
};

/** The calls of the request queue and its dead-letter queue that a worker makes. */
export type WorkerQueues = Pick<
  SqsClient,
  'receiveMessage' | 'sendMessage' | 'deleteMessage' | 'changeMessageVisibility'
>;

/** What the Update Job steps of a workflow find in their environment. */
export interface StepEnvironmentOptions {
  /** Path of the program that stands as `update-job` on the steps' PATH. It is run by this process's Node. */
  readonly updateJobBin: string;
  /** Endpoint of SNS; AWS's own unless given. */
  readonly awsEndpoint?: string;
  readonly region: string;
  /** Absent: the steps find credentials by themselves. */
  readonly credentials?: Credentials;
  /** Paths that the program is made of, so that a sandbox shows them. Default: none. */
  readonly programPaths?: readonly string[];
}

/** What a worker works with. */
export interface WorkerOptions {
  readonly database: WorkerDatabase;
  readonly sqs: WorkerQueues;
  readonly requestQueueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly sns: Pick<SnsClient, 'publish'>;
  readonly topicArn: string;
  /**
   * Opens cwltool, or gives the one that is open already. Called again, with back-off, while it rejects and when what it gave is closed. The
   * worker closes nothing.
   */
  readonly cwltool: () => Promise<Pick<Cwltool, 'run' | 'health'>>;
  readonly outputStore: Pick<OutputStore, 'stage' | 'logs' | 'putResults' | 'remove' | 'removeAttempt'>;
  /** Base of the URLs of outputs: the ADES as its users reach it. */
  readonly publicUrl: string;
  /** Belongs to this worker alone, which locks it. What another run left in it is deleted. */
  readonly workDir: string;
  /** Jobs that run at once. */
  readonly slots: number;
  readonly steps: StepEnvironmentOptions;
  /** How long the queue keeps a job for a worker that is silent. Default 900. */
  readonly leaseSeconds?: number;
  /** Default 3. */
  readonly maxAttempts?: number;
  /** Longest run of a job. Default 41,400 (11 h 30 min): SQS ends a receive after 12 h. */
  readonly wallLimitSeconds?: number;
  /** Inputs that are filled in where a workflow declares them, beside those that the worker knows itself. */
  readonly serverInputs?: Readonly<Record<string, JsonValue>>;
  /** Patterns of the ids of inputs that are secret whatever their process says, as the ADES has them. Default: none. */
  readonly secretInputs?: readonly string[];
  /** Open secret inputs: those with which the ADES seals them. */
  readonly secretKeys: SecretKeys;
  /** Directories from which File and Directory inputs may be read. Default: none. */
  readonly inputRoots?: readonly string[];
  /** What all running jobs may ask for together by ResourceRequirement. Default: the machine. */
  readonly capacity?: RequiredResources;
  /** Default: none. */
  readonly processLimits?: ProcessLimits;
  /** What a running job may have in its directory. Default: no limit. */
  readonly maxJobBytes?: number;
  /** What is kept of what a job's tools write to standard output and error; as much again of cwltool's own log. Default 64 MiB. */
  readonly maxLogBytes?: number;
  /** From where, how much and how long http, https and s3 inputs of a job are fetched. Default: public addresses and no s3, 64 GiB each, an hour for all. */
  readonly stageIn?: StageInOptions;
  /** What is kept of fetched inputs for later jobs of the same user; 0: nothing, which is the default. */
  readonly inputCacheBytes?: number;
  /** What runs the tools with a DockerRequirement. Default `docker`. */
  readonly containerEngine?: ContainerEngine;
  /** Where steps that cannot reach the update socket give their updates. Default: nowhere. */
  readonly updateEndpoint?: UpdateEndpointOptions | undefined;
  /** Further flags of cwltool for every job, such as `--no-match-user`. Default: none. */
  readonly cwltoolArguments?: readonly string[];
  /**
   * Whether jobs run in a sandbox: `auto` where the machine can have one, `off` never, `required` always, so that no job is taken where it
   * cannot. Default `auto`.
   */
  readonly sandbox?: 'auto' | 'off' | 'required';
  /** Whether a job whose workflow asks for the network has it in its sandbox. Default false. */
  readonly jobNetwork?: boolean;
  /** Further folders that jobs in a sandbox may read, such as installed software. Default: none. */
  readonly jobPaths?: readonly string[];
  /** Directories in which files may lie that documents name as defaults, for jobs in a sandbox. Default: none but the input roots. */
  readonly documentRoots?: readonly string[];
  /** What jobs in a sandbox never see, wherever it lies; `workDir` is one of them. Default: none else. */
  readonly privatePaths?: readonly string[];
  /** Stands in job and worker documents. Default: the host's name and a digest of `workDir`, so that it stays over restarts. */
  readonly id?: string;
  /** Of the program, for the worker's document. */
  readonly version?: string;
  readonly log?: WorkerLog;
}

/** Options with every default filled in. */
export type ResolvedWorkerOptions = Required<WorkerOptions>;

/** Fills in the defaults; throws `invalid-argument` for a value out of its range. */
export function resolveWorkerOptions(options: WorkerOptions, defaults: { readonly id: string }): ResolvedWorkerOptions {
  const resolved: ResolvedWorkerOptions = {
    leaseSeconds: 900,
    maxAttempts: 3,
    wallLimitSeconds: 41_400,
    serverInputs: {},
    secretInputs: [],
    inputRoots: [],
    capacity: { cores: availableParallelism(), memoryBytes: totalmem() },
    processLimits: {},
    maxJobBytes: Number.POSITIVE_INFINITY,
    maxLogBytes: 64 * 2 ** 20,
    stageIn: { allowPrivateAddresses: false, allowedHosts: [], maxBytes: 64 * 2 ** 30, timeLimitMs: 3_600_000 },
    inputCacheBytes: 0,
    containerEngine: 'docker',
    cwltoolArguments: [],
    updateEndpoint: undefined,
    sandbox: 'auto',
    jobNetwork: false,
    jobPaths: [],
    documentRoots: [],
    privatePaths: [],
    version: '',
    log: () => {},
    ...defaults,
    ...options,
    publicUrl: options.publicUrl.replace(/\/+$/, ''),
  };
  checkWhole('slots', resolved.slots, 1, 1024);
  checkWhole('leaseSeconds', resolved.leaseSeconds, 2, 43_200);
  checkWhole('maxAttempts', resolved.maxAttempts, 1, 100);
  checkWhole('wallLimitSeconds', resolved.wallLimitSeconds, 1, 41_400);
  return resolved;
}

function checkWhole(name: string, value: number, from: number, to: number): void {
  if (!Number.isInteger(value) || value < from || value > to) {
    throw new DaybookError(
      'invalid-argument',
      `${name}: expected a whole number from ${from} to ${to}, found ${value}`,
    );
  }
}
