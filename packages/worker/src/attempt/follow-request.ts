import type { ReceivedMessage } from '@daybook/aws-client';
import { type JobRequest, parseJobRequest } from '@daybook/jobs';
import { buildExhausted, isExhausted } from '../exhausted.ts';
import { describeError, retry } from '../retry.ts';
import type { WorkerContext } from '../worker-context.ts';
import { type HeldRequest, holdRequest } from './held-request.ts';
import { carryOut, endStopped, type RequestEnd, retrySoon, SETTLED } from './request-end.ts';
import { runAttempt } from './run-attempt.ts';
import { createStop, type Stop } from './stop.ts';

/** Follows one request from its receipt to its end (ATTEMPT.md). Never rejects: an error leaves the request to another attempt. */
export async function followRequest(message: ReceivedMessage, context: WorkerContext): Promise<void> {
  const { receipts } = context.workDirectory;
  const { receiptHandle } = message;
  // Without it the request is only given back later, should this process be killed.
  await receipts.keep(receiptHandle).catch(() => undefined);
  await followHeld(message, context);
  await receipts.drop(receiptHandle).catch(() => undefined);
}

async function followHeld(message: ReceivedMessage, context: WorkerContext): Promise<void> {
  const { options, running } = context;
  const asked = parseJobRequest(message.body);
  const stop = createStop();
  const request = holdRequest(message, {
    queues: options.sqs,
    queueUrl: options.requestQueueUrl,
    groupId: asked?.jobId ?? message.messageId,
    leaseSeconds: options.leaseSeconds,
    stop,
    log: options.log,
  });
  if (asked === undefined) {
    const detail = { expected: '{"id": "<job id>"}', body: message.body.slice(0, 200) };
    options.log('error', 'A message on the request queue is no request and is deleted', detail);
    return request.settle();
  }
  const attempt = { jobId: asked.jobId, stop };
  running.add(attempt);
  try {
    await carryOut(await endOf(asked, request, stop, context), request);
  } finally {
    running.delete(attempt);
  }
}

async function endOf(asked: JobRequest, request: HeldRequest, stop: Stop, context: WorkerContext): Promise<RequestEnd> {
  const followed: Followed = { asked, request, stop };
  try {
    return await followJob(followed, context);
  } catch (error) {
    if (stop.cause !== undefined) {
      return endStopped(stop.cause, followed, context);
    }
    context.options.log('error', `A job is given back: ${describeError(error)}`, { jobId: asked.jobId, error });
    return retrySoon(context);
  }
}

interface Followed {
  readonly asked: JobRequest;
  readonly request: HeldRequest;
  readonly stop: Stop;
  /** Once it is claimed. */
  attempt?: number;
}

async function followJob(followed: Followed, context: WorkerContext): Promise<RequestEnd> {
  const { asked, request, stop } = followed;
  const { jobId } = asked;
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
    return endStopped('dismissed', followed, context);
  }
  if (found === undefined || found.final) {
    return SETTLED;
  }
  if (isExhausted(found, asked, options.maxAttempts)) {
    await publisher.publishVerdict(buildExhausted(found), { signal, beforeEach: () => request.checkLease() });
    return SETTLED;
  }
  const claim = await patiently(() => database.claimAttempt(jobId, worker, { signal }));
  if (claim.result !== 'claimed') {
    return SETTLED;
  }
  followed.attempt = claim.attempt;
  const { document: job, attempt } = claim;
  return runAttempt({ job, attempt, handBacks: asked.handBacks, request, stop }, context);
}
