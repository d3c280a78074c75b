import { randomUUID } from 'node:crypto';
import type { SubscriptionDocument, SubscriptionStore } from '@daybook/jobs-database';

/** Subscriptions in memory. */
export interface MemorySubscriptions {
  readonly store: SubscriptionStore;
  readonly documents: Map<string, SubscriptionDocument>;
}

/** `reach` is called before each call, and may throw. */
export function createMemorySubscriptions(reach: () => void): MemorySubscriptions {
  const documents = new Map<string, SubscriptionDocument>();
  const isDue = (document: SubscriptionDocument): boolean => Date.parse(document['next-time']) <= Date.now();
  const store: SubscriptionStore = {
    async create(subscription) {
      reach();
      if (!documents.has(subscription.id)) documents.set(subscription.id, subscription);
    },
    async ofJobs(ids) {
      reach();
      return ids.flatMap((id) => documents.get(id) ?? []);
    },
    async due({ after = '', limit }) {
      reach();
      const found = [...documents.values()].filter((each) => isDue(each) && each.id > after);
      return found.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
    },
    async claim(id, forMs) {
      reach();
      const document = documents.get(id);
      if (document === undefined || !isDue(document)) return undefined;
      const until = new Date(Date.now() + forMs).toISOString();
      documents.set(id, { ...document, 'next-time': until, claim: randomUUID() });
      return documents.get(id);
    },
    async settle({ id, claim }, outcome) {
      reach();
      const document = documents.get(id);
      if (document === undefined || document.claim !== claim) return;
      if (outcome === 'removed') documents.delete(id);
      else documents.set(id, { ...document, ...outcome });
    },
  };
  return { store, documents };
}
