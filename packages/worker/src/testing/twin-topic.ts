import type { Publication, SnsClient } from '@daybook/aws-client';
import { DaybookError } from '@daybook/errors';
import type { JobUpdate } from '@daybook/jobs';

/** A topic in memory that hands every update on at once, and can be away. */
export interface TwinTopic extends Pick<SnsClient, 'publish'> {
  readonly publications: readonly Publication[];
  /** The updates that were taken, of one kind if one is given. */
  updates(kind?: JobUpdate['kind']): readonly JobUpdate[];
  /** Called with each publication before it is taken; it may throw. */
  onPublish: (update: JobUpdate) => void;
  isAway: boolean;
}

/** A topic whose one subscriber is `deliver`. */
export function createTwinTopic(deliver: (update: JobUpdate) => void): TwinTopic {
  const publications: Publication[] = [];
  const twin: TwinTopic = {
    publications,
    isAway: false,
    onPublish: () => {},
    updates: (kind) =>
      publications
        .map(({ message }) => JSON.parse(message) as JobUpdate)
        .filter((update) => kind === undefined || update.kind === kind),
    async publish({ topicArn: _, ...publication }, { signal } = {}) {
      signal?.throwIfAborted();
      const update = JSON.parse(publication.message) as JobUpdate;
      twin.onPublish(update);
      if (twin.isAway) {
        throw new DaybookError('unavailable', 'the topic is away');
      }
      publications.push(publication);
      deliver(update);
      return { messageId: publication.deduplicationId ?? '' };
    },
  };
  return twin;
}
