import { setTimeout as delay } from 'node:timers/promises';
import type { JobDocument, SecretKeys } from '@daybook/jobs';
import type { JobsDatabase, SubscriptionDocument } from '@daybook/jobs-database';
import { LONG_JOB_FIELDS } from '../jobs/long-job-fields.ts';
import { readableJob } from '../jobs/readable-job.ts';
import { callbackBody, type DeliveryOptions, deliverCallback } from './deliver-callback.ts';
import { createDeliverySlots } from './delivery-slots.ts';
import { nextTry } from './next-try.ts';
import { dueEvent, openSubscription, type SealedSubscriber, uriOf } from './subscriber.ts';

/** Subscriptions that are read at once: to find them costs the database about the same for few as for many. */
const PAGE = 10_000;
/** Those whose jobs one look reads. */
const AT_ONCE = 500;
/** Once none was due for long: those that are claimed or wait for their next try do not show. */
const IDLE_INTERVAL_MS = 2_000;
const IDLE_AFTER_MS = 60_000;
/** After a look that the database did not answer. */
const RETRY_INTERVAL_MS = 1_000;
/** Longer than a delivery can take. */
const CLAIM_MS = 30_000;
/** Subscriptions that are remembered because this ADES has not the key to them. */
const MAX_UNREADABLE = 10_000;
/** A job's document is made within seconds of its subscription. */
const ORPHANED_AFTER_MS = 3_600_000;
/** How long a retry of a job still finds who was told of it. */
const KEPT_MS = 30 * 24 * 3_600_000;

/** Tells subscribers what became of their jobs. */
export interface CallbackSweep {
  start(): void;
  /** There is a new subscription: looks at once. */
  wake(): void;
  /** Ends it; deliveries that are under way are cut, and made again by another sweep. */
  close(): Promise<void>;
}

/** With what a sweep works. */
export interface CallbackSweepOptions extends DeliveryOptions {
  readonly database: Pick<JobsDatabase, 'getJob' | 'getJobs' | 'subscriptions'>;
  readonly secretKeys: SecretKeys;
  /** Between two looks while there are subscriptions. */
  readonly intervalMs: number;
  /** Before the second try of a message; doubled for each further one. */
  readonly retryMs: number;
  readonly log: (message: string) => void;
}

/** Builds the sweep, which looks at some subscriptions at a time once it is started. Several ADES processes may: each message is claimed by one of them (CALLBACKS.md). */
export function createCallbackSweep(options: CallbackSweepOptions): CallbackSweep {
  const { database, secretKeys, intervalMs, retryMs, log } = options;
  const { subscriptions } = database;
  const closing = new AbortController();
  const slots = createDeliverySlots();
  let woken = new AbortController();
  let after: string | undefined;
  /** Of the page, what is still to be looked at. */
  let page: readonly SubscriptionDocument[] = [];
  let lastDueAt = 0;
  const unreadable = new Set<string>();

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      const waitMs = await look().catch((error: unknown) => {
        if (!closing.signal.aborted) log(`subscriptions could not be looked at: ${String(error)}`);
        return RETRY_INTERVAL_MS;
      });
      await delay(waitMs, undefined, { signal: woken.signal, ref: false }).catch(() => undefined);
      if (woken.signal.aborted) woken = new AbortController();
    }
    await slots.close();
  }

  /** Gives the time until the next look. */
  async function look(): Promise<number> {
    const { signal } = closing;
    if (page.length === 0) page = await nextPage();
    const due = page.slice(0, AT_ONCE);
    page = page.slice(AT_ONCE);
    if (due.length === 0) return Date.now() - lastDueAt > IDLE_AFTER_MS ? IDLE_INTERVAL_MS : intervalMs;
    lastDueAt = Date.now();
    const ids = due.map(({ id }) => id);
    const found = await database.getJobs(ids, { signal, withoutFields: LONG_JOB_FIELDS });
    const jobs = new Map(found.map((job) => [job.id, job]));
    for (const subscription of due) await consider(subscription, jobs.get(subscription.id));
    return intervalMs;
  }

  async function nextPage(): Promise<readonly SubscriptionDocument[]> {
    const { signal } = closing;
    const found = await subscriptions.due({ after, limit: PAGE }, { signal });
    const isFromStart = after === undefined;
    after = found.length === PAGE ? found.at(-1)?.id : undefined;
    return found.length > 0 || isFromStart ? found : await nextPage();
  }

  async function consider(subscription: SubscriptionDocument, job: JobDocument | undefined): Promise<void> {
    if (subscription.told === true) return await finish(subscription, 'removed');
    if (job === undefined) {
      const isOld = Date.now() - Date.parse(subscription['submit-time']) > ORPHANED_AFTER_MS;
      if (isOld) await finish(subscription, 'removed');
      return;
    }
    const event = dueEvent(readableJob(job), subscription['awaits-start']);
    if (event === undefined || unreadable.has(job.id)) return;
    let subscriber: SealedSubscriber;
    try {
      subscriber = openSubscription(secretKeys, subscription);
    } catch (error) {
      passOver(subscription.id, error);
      return;
    }
    const uri = uriOf(subscriber, event);
    if (uri === undefined) return await finish(subscription, told());
    slots.add(job.id, new URL(uri).host, () =>
      tell(job.id, subscriber).catch((error: unknown) => log(`callback of job ${job.id}: ${String(error)}`)),
    );
  }

  /** Nothing is written: another ADES may have the key, and must find it free. */
  function passOver(id: string, error: unknown): void {
    if (unreadable.size >= MAX_UNREADABLE) unreadable.clear();
    unreadable.add(id);
    log(error instanceof Error ? error.message : String(error));
  }

  async function finish(
    { id }: SubscriptionDocument,
    outcome: Partial<SubscriptionDocument> | 'removed',
  ): Promise<void> {
    const claimed = await subscriptions.claim(id, CLAIM_MS);
    if (claimed !== undefined) await subscriptions.settle(claimed, outcome);
  }

  /** What is told is what is due once the subscription is taken: another may have told some of it. */
  async function tell(id: string, subscriber: SealedSubscriber): Promise<void> {
    const claimed = await subscriptions.claim(id, CLAIM_MS);
    const stored = claimed === undefined ? undefined : await database.getJob(id);
    if (claimed === undefined || stored === undefined) return;
    const job = readableJob(stored);
    const event = dueEvent(job, claimed['awaits-start']);
    const uri = event === undefined ? undefined : uriOf(subscriber, event);
    const now = { 'next-time': new Date().toISOString() };
    if (event === undefined || uri === undefined) return await subscriptions.settle(claimed, job.final ? told() : now);
    const url = new URL(uri);
    const body = callbackBody(job, event, subscriber.baseUrl);
    const sent = await deliverCallback({ url, event, jobId: id, body }, options, closing.signal);
    if (closing.signal.aborted && sent.result === 'failed') return await subscriptions.settle(claimed, now);
    const again = sent.result === 'failed' ? nextTry(claimed, job.final, retryMs, new Date()) : undefined;
    if (again !== undefined) return await subscriptions.settle(claimed, again);
    if (sent.result === 'failed') log(`callback ${event} of job ${id} to ${url.host} is given up: ${sent.reason}`);
    const next = { 'awaits-start': false, tries: 0, 'next-time': new Date().toISOString() };
    await subscriptions.settle(claimed, job.final ? told() : next);
  }

  let running: Promise<void> | undefined;
  return {
    start() {
      running ??= run();
    },
    wake: () => woken.abort(),
    async close() {
      closing.abort();
      woken.abort();
      await running;
    },
  };
}

/** What is written once there is nothing more to tell. */
function told(): Partial<SubscriptionDocument> {
  return { told: true, 'next-time': new Date(Date.now() + KEPT_MS).toISOString() };
}
