import type { SqsClient } from '@daybook/aws-client';
import type { Cwltool, FetchPolicy } from '@daybook/cwltool';
import type { Json, SecretKeys } from '@daybook/jobs';
import type { JobsDatabase } from '@daybook/jobs-database';
import type { OutputStore } from '@daybook/output-store';
import type { FastifyBaseLogger } from 'fastify';
import type { PartHealth } from './health.ts';
import type { WatchedQueue } from './queues/list-queues.ts';

/** What deploys need of cwltool. */
export type Packer = Pick<Cwltool, 'pack'>;

/** What an ADES works with. It keeps no state of its own, so any number may share database, queue and store. */
export interface AdesOptions {
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 5001; 0 picks a free one. */
  readonly port?: number;
  /** The URL under which users reach the ADES. Default: what each request's `Host` says. */
  readonly publicUrl?: string;
  readonly database: JobsDatabase;
  /** The FIFO queue of accepted jobs. */
  readonly requestQueue: { readonly client: SqsClient; readonly url: string };
  /** The queues that operators can watch. Default: the request queue, without its dead letters. */
  readonly queues?: readonly WatchedQueue[];
  /** Undefined where cwltool is not installed: deploys are then refused with what to install. */
  readonly packer: Packer | undefined;
  readonly fetchPolicy?: FetchPolicy;
  readonly outputStore: OutputStore;
  /** The topic of job updates, filled in where a workflow declares `jobs_data_sns_topic_arn`. */
  readonly topicArn: string;
  /** Further inputs that the worker fills in where a workflow declares them. */
  readonly serverInputs?: Readonly<Record<string, Json>>;
  /** Patterns of the ids of inputs that are secret whatever their process says; `*` stands for any text. Default none. */
  readonly secretInputs?: readonly string[];
  /** Seal secret inputs; the workers have the same. */
  readonly secretKeys: SecretKeys;
  /** Signs the messages to subscribers. Default: they are not signed. */
  readonly callbackSecret?: string | undefined;
  readonly health: () => Promise<readonly PartHealth[]>;
  /** Origins of other sites whose pages may call the ADES, beside those on loopback where it listens there. Default none. */
  readonly allowedOrigins?: readonly string[];
  /** Host names of the server beside loopback and the public URL's. */
  readonly allowedHosts?: readonly string[];
  readonly limits?: Partial<AdesLimits>;
  /** Default: nothing is logged. */
  readonly log?: FastifyBaseLogger;
}

/** Bounds of what a request may take. */
export interface AdesLimits {
  /** Default 16 MiB. */
  readonly maxBodyBytes: number;
  /** Execute requests that are answered at once, those that wait for their jobs included. Default 1,000. */
  readonly maxExecutes: number;
  /** Of one batch of execute requests. Default 32 MiB. */
  readonly maxBatchBytes: number;
  /** Batches that are submitted at once. Default 2. */
  readonly maxBatches: number;
  /** Time between two looks for operations that nobody is at. Default 5,000. */
  readonly operationIntervalMs: number;
  /** How long an ADES that is silent keeps an operation. Default 15,000. */
  readonly operationLeaseMs: number;
  /** For fetching, validating and packing the document of one deploy. Default 60,000. */
  readonly deployTimeoutMs: number;
  /** How long an execute request waits for the queue before it leaves the hand-over to the background. Default 5,000. */
  readonly queueTimeoutMs: number;
  /** How long an execute request waits for its job at most; then it is answered as if it were asynchronous. Default 30,000. */
  readonly syncWaitMs: number;
  /** Execute requests that wait for their jobs at once. Default 100. */
  readonly maxSyncRequests: number;
  /** Requests that follow a log at once. Default 100. */
  readonly maxFollowers: number;
  /** Requests that watch jobs at once. Default 100. */
  readonly maxWatchers: number;
  /** How long a health report waits for its parts. Default 5,000. */
  readonly healthTimeoutMs: number;
  /** Time between two sweeps for jobs that are in no queue. Default 30,000. */
  readonly sweepIntervalMs: number;
  /** Age from which a job without queue-time is sent again. Default 120,000. */
  readonly unqueuedAfterMs: number;
  /** Between two looks for jobs whose subscribers are to be told. Default 250. */
  readonly callbackIntervalMs: number;
  /** Before a message to a subscriber is tried for the second time; doubled for each further one. Default 1,000. */
  readonly callbackRetryMs: number;
  /** How long a subscriber may take to answer. Default 10,000. */
  readonly callbackTimeoutMs: number;
  /** How long open requests may still take once the ADES is being closed. Default 10,000. */
  readonly closeTimeoutMs: number;
}

/** The limits that hold where none are given. */
export const DEFAULT_LIMITS: AdesLimits = {
  maxBodyBytes: 16 * 1024 * 1024,
  maxExecutes: 1_000,
  maxBatchBytes: 32 * 1024 * 1024,
  maxBatches: 2,
  operationIntervalMs: 5_000,
  operationLeaseMs: 15_000,
  deployTimeoutMs: 60_000,
  queueTimeoutMs: 5_000,
  syncWaitMs: 30_000,
  maxSyncRequests: 100,
  maxFollowers: 100,
  maxWatchers: 100,
  healthTimeoutMs: 5_000,
  sweepIntervalMs: 30_000,
  unqueuedAfterMs: 120_000,
  callbackIntervalMs: 250,
  callbackRetryMs: 1_000,
  callbackTimeoutMs: 10_000,
  closeTimeoutMs: 10_000,
};
