import type { ReceivedMessage } from '@daybook/aws-client';
import { buildExhausted } from '../exhausted.ts';
import { parseJobRequest } from '../job-request.ts';
import { describeError, retry } from '../retry.ts';
import type { WorkerContext } from '../worker-context.ts';
import { type HeldRequest, holdRequest } from './held-request.ts';
import { carryOut, endStopped, type RequestEnd, retrySoon, SETTLED } from './request-end.ts';
import { runAttempt } from './run-attempt.ts';
import { createStop, type Stop } from './stop.ts';

/** Follows one request from its receipt to its end (ATTEMPT.md). Never rejects: an error leaves the request to another attempt. */
export async function followRequest(message: ReceivedMessage, context: WorkerContext): Promise<void> {
  const { options, running } = context;
  const jobId = parseJobRequest(message.body);
  const stop = createStop();
  const request = holdRequest(message, {
    queues: options.sqs,
    queueUrl: options.requestQueueUrl,
    leaseSeconds: options.leaseSeconds,
    stop,
    log: options.log,
  });
  if (jobId === undefined) {
    const detail = { expected: '{"id": "<job id>"}', body: message.body.slice(0, 200) };
    options.log('error', 'A message on the request queue is no request and is deleted', detail);
    return request.settle();
  }
  const attempt = { jobId, stop };
  running.add(attempt);
  try {
    await carryOut(await endOf(jobId, request, stop, context), request);
  } finally {
    running.delete(attempt);
  }
}

async function endOf(jobId: string, request: HeldRequest, stop: Stop, context: WorkerContext): Promise<RequestEnd> {
  try {
    return await followJob(jobId, request, stop, context);
  } catch (error) {
    if (stop.cause !== undefined) {
      return endStopped(stop.cause, jobId, context);
    }
    context.options.log('error', `A job is given back: ${describeError(error)}`, { jobId, error });
    return retrySoon(context);
  }
}

async function followJob(jobId: string, request: HeldRequest, stop: Stop, context: WorkerContext): Promise<RequestEnd> {
  const { options, publisher } = context;
  const { database, id: worker } = options;
  const { signal } = stop;
  const patiently = <T>(action: () => Promise<T>): Promise<T> =>
    retry(action, {
      signal,
      onFirstFailure: (error) =>
        options.log('warn', `A job waits for the jobs database: ${describeError(error)}`, { jobId }),
    });

  const found = await patiently(() => database.getJob(jobId, { signal }));
  if (found?.state === 'dismissed') {
    return endStopped('dismissed', jobId, context);
  }
  if (found === undefined || found.final) {
    return SETTLED;
  }
  if ((found.attempts ?? 0) >= options.maxAttempts) {
    await publisher.publishVerdict(buildExhausted(found), { signal, beforeEach: () => request.checkLease() });
    return SETTLED;
  }
  const claim = await patiently(() => database.claimAttempt(jobId, worker, { signal }));
  if (claim.result !== 'claimed') {
    return SETTLED;
  }
  return runAttempt({ job: claim.document, attempt: claim.attempt, request, stop }, context);
}
