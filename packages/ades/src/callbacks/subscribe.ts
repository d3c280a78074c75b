import type { AdesContext } from '../ades-context.ts';
import { buildSubscription, type Subscriber } from './subscriber.ts';

/** Notes who is to be told of a job that is about to be made, as one without its subscription would end in silence. */
export async function subscribe(
  { database, secretKeys, callbacks }: AdesContext,
  jobId: string,
  subscriber: Subscriber | undefined,
  baseUrl: string,
): Promise<void> {
  if (subscriber === undefined) return;
  await database.subscriptions.create(buildSubscription(secretKeys, jobId, subscriber, baseUrl));
  callbacks.wake();
}
