import { randomUUID } from 'node:crypto';
import type { ElasticsearchClient, StoredDocument } from '@daybook/elasticsearch-client';
import { isDaybookError } from '@daybook/errors';
import type { CallOptions } from './call-options.ts';
import { SUBSCRIPTIONS_INDEX } from './indices.ts';

/** Who is to be told of a job. All members are stored; `id` (keyword) and `next-time` (date) are indexed. */
export interface SubscriptionDocument {
  /** The job's. */
  readonly id: string;
  /** Sealed: where to, and what stands in the message. */
  readonly sealed: string;
  readonly 'submit-time': string;
  /** Before it, nobody takes the subscription: it is taken by another, or waits for its next try. */
  readonly 'next-time': string;
  /** Whether the start of the job is still to be told. */
  readonly 'awaits-start': boolean;
  /** Failed tries of the message that is due. */
  readonly tries: number;
  /** Of the message that is due. */
  readonly 'first-try-time'?: string;
  /** Who has taken it. */
  readonly claim?: string;
  /** Whether its last message was sent, or there was none to send: it is kept until `next-time` for a retry of the job. */
  readonly told?: boolean;
  readonly [member: string]: unknown;
}

/** Subscriptions to the ends of jobs. Any number of processes may take from them: no two have one at once, while its claim lasts. */
export interface SubscriptionStore {
  /** Stores a subscription unless there is one of that job. */
  create(subscription: SubscriptionDocument, options?: CallOptions): Promise<void>;
  /** Those that there are of these jobs, told ones as well, as they stand. */
  ofJobs(ids: readonly string[], options?: CallOptions): Promise<readonly SubscriptionDocument[]>;
  /** Up to `limit` of those that may be taken now, ordered by id, behind the id `after`. A search: what it says may be a moment old. */
  due(
    page: { readonly after?: string | undefined; readonly limit: number },
    options?: CallOptions,
  ): Promise<readonly SubscriptionDocument[]>;
  /** Takes a subscription for so long; undefined where it may not be taken. */
  claim(id: string, forMs: number, options?: CallOptions): Promise<SubscriptionDocument | undefined>;
  /** Writes what became of a subscription that was taken, or removes it; nothing where the claim is lost. */
  settle(
    claimed: SubscriptionDocument,
    outcome: Partial<SubscriptionDocument> | 'removed',
    options?: CallOptions,
  ): Promise<void>;
}

/** The subscriptions of the index `subscriptions`. */
export function subscriptionStore(client: ElasticsearchClient): SubscriptionStore {
  /** Undefined where another was faster. */
  async function replace(
    stored: StoredDocument<SubscriptionDocument>,
    changes: Partial<SubscriptionDocument>,
    options: CallOptions | undefined,
  ): Promise<SubscriptionDocument | undefined> {
    const changed = { ...stored.source, ...changes };
    try {
      await client.index(SUBSCRIPTIONS_INDEX, changed.id, changed, { ...options, ifUnchanged: stored });
      return changed;
    } catch (error) {
      if (isDaybookError(error, 'conflict')) return undefined;
      throw error;
    }
  }

  return {
    async create(subscription, options) {
      try {
        await client.index(SUBSCRIPTIONS_INDEX, subscription.id, subscription, { ...options, create: true });
      } catch (error) {
        if (!isDaybookError(error, 'conflict')) throw error;
      }
    },
    async ofJobs(ids, options) {
      const stored = await client.mget<SubscriptionDocument>(SUBSCRIPTIONS_INDEX, ids, options);
      return stored.flatMap((each) => each?.source ?? []);
    },
    async due({ after, limit }, options) {
      const found = await client.search<SubscriptionDocument>(
        SUBSCRIPTIONS_INDEX,
        {
          query: { range: { 'next-time': { lte: new Date().toISOString() } } },
          sort: [{ id: { order: 'asc' } }],
          ...(after !== undefined && { search_after: [after] }),
          size: limit,
          track_total_hits: false,
        },
        options,
      );
      return found.hits.flatMap(({ source }) => source ?? []);
    },
    async claim(id, forMs, options) {
      const stored = await client.get<SubscriptionDocument>(SUBSCRIPTIONS_INDEX, id, options);
      if (stored === undefined || Date.parse(stored.source['next-time']) > Date.now()) return undefined;
      const until = new Date(Date.now() + forMs).toISOString();
      return await replace(stored, { 'next-time': until, claim: randomUUID() }, options);
    },
    async settle({ id, claim }, outcome, options) {
      const stored = await client.get<SubscriptionDocument>(SUBSCRIPTIONS_INDEX, id, options);
      if (stored === undefined || stored.source.claim !== claim) return;
      if (outcome === 'removed') await client.delete(SUBSCRIPTIONS_INDEX, id, options);
      else await replace(stored, outcome, options);
    },
  };
}
