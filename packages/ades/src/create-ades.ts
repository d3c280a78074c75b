import type { AdesContext } from './ades-context.ts';
import { type AdesOptions, DEFAULT_LIMITS } from './ades-options.ts';
import { buildApp } from './build-app.ts';
import { createBuiltInRunner } from './built-in/built-in-runner.ts';
import { createCallbackSweep } from './callbacks/callback-sweep.ts';
import { createJobEvents } from './events/job-events.ts';
import type { AdesApp } from './http/ades-app.ts';
import { createConcurrencyGate } from './http/concurrency-gate.ts';
import { createJobWaiter } from './jobs/job-waiter.ts';
import { startOperationRunner } from './operations/operation-runner.ts';
import { createRequestQueue } from './queue/request-queue.ts';
import { startRequeueSweep } from './queue/requeue-sweep.ts';
import { REQUESTS } from './queues/list-queues.ts';

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 5001;
/** How often the jobs that requests wait for are looked at. */
const SYNC_INTERVAL_MS = 25;
const FOLLOW_INTERVAL_MS = 250;

/** A running ADES. */
export interface Ades {
  /** Where it listens. */
  readonly url: string;
  readonly app: AdesApp;
  /** Ends it: open requests are answered within a limit, and what is known to be queued is written. Closes none of the parts that it was given. */
  close(): Promise<void>;
}

/** Starts an ADES: WPS-T and OGC API – Processes over the jobs database. Rejects where its address is taken. */
export async function createAdes(options: AdesOptions): Promise<Ades> {
  const { host = DEFAULT_HOST, port = DEFAULT_PORT, database } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const publicUrl = options.publicUrl?.replace(/\/+$/, '');
  const log = (message: string): void => options.log?.warn(message);
  const requestQueue = createRequestQueue({
    queue: options.requestQueue,
    database,
    timeoutMs: limits.queueTimeoutMs,
    log,
  });
  const jobWaiter = createJobWaiter(database, {
    maxWaiting: limits.maxSyncRequests,
    intervalMs: SYNC_INTERVAL_MS,
    whenFull: `${limits.maxSyncRequests} requests wait for their jobs already, no more may: send Prefer: respond-async, or try again later`,
    log,
  });
  const followers = createJobWaiter(database, {
    maxWaiting: limits.maxFollowers,
    intervalMs: FOLLOW_INTERVAL_MS,
    whenFull: `${limits.maxFollowers} requests follow logs already, no more may: read the log without following it, or try again later`,
    log,
  });
  const jobEvents = createJobEvents({
    database,
    maxWatchers: limits.maxWatchers,
    intervalMs: FOLLOW_INTERVAL_MS,
    log,
  });
  const builtInRunner = createBuiltInRunner(database, log);
  const fetchPolicy = options.fetchPolicy ?? {};
  const callbacks = createCallbackSweep({
    database,
    secretKeys: options.secretKeys,
    fetchPolicy,
    secret: options.callbackSecret,
    intervalMs: limits.callbackIntervalMs,
    retryMs: limits.callbackRetryMs,
    timeoutMs: limits.callbackTimeoutMs,
    log,
  });
  const context: AdesContext = {
    publicUrl,
    database,
    requestQueue,
    queues: options.queues ?? [{ name: REQUESTS, ...options.requestQueue }],
    jobWaiter,
    followers,
    executing: createConcurrencyGate(
      limits.maxExecutes,
      `${limits.maxExecutes} execute requests are under way already: try again later, or submit many by one batch`,
    ),
    jobEvents,
    builtInRunner,
    wakeOperations: () => operationRunner.wake(),
    callbacks,
    packer: options.packer,
    fetchPolicy,
    outputStore: options.outputStore,
    serverInputs: { ...options.serverInputs, jobs_data_sns_topic_arn: options.topicArn },
    secretInputs: options.secretInputs ?? [],
    secretKeys: options.secretKeys,
    health: options.health,
    limits,
  };
  const operationRunner = startOperationRunner(context, {
    intervalMs: limits.operationIntervalMs,
    leaseMs: limits.operationLeaseMs,
    log,
  });
  const { allowedOrigins = [], allowedHosts = [] } = options;
  const app = await buildApp(context, { host, publicUrl, allowedOrigins, allowedHosts }, options.log);
  const url = await app.listen({ host, port });
  callbacks.start();
  const sweep = startRequeueSweep({
    database,
    requestQueue,
    builtInRunner,
    intervalMs: limits.sweepIntervalMs,
    olderThanMs: limits.unqueuedAfterMs,
    log,
  });
  return {
    url,
    app,
    async close() {
      const cut = setTimeout(() => app.server.closeAllConnections(), limits.closeTimeoutMs);
      await Promise.all([jobWaiter.close(), followers.close(), jobEvents.close()]);
      await app.close().finally(() => clearTimeout(cut));
      await operationRunner.close();
      await builtInRunner.close();
      await sweep.close();
      await callbacks.close();
      await requestQueue.close();
    },
  };
}
