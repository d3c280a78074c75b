import { MAX_PUBLICATION_BYTES } from '@daybook/message-bus';
import type { Action } from '../action.ts';
import { runBatch } from '../wire/batch.ts';
import { checkBatchBytes } from '../wire/batch-bytes.ts';
import { readPublication, writePublished } from './publication.ts';
import { requireTopic } from './topic-name.ts';

/** PublishBatch. */
export const publishBatch: Action = async (input, { bus, senderId }) => {
  const { name } = requireTopic(input, bus);
  return await runBatch(input.inputs('PublishBatchRequestEntries'), {
    service: 'sns',
    read: (entry) => readPublication(entry, senderId),
    check: (publications) => checkBatchBytes(publications, MAX_PUBLICATION_BYTES),
    run: (publications) => bus.publish(name, publications),
    answer: writePublished,
  });
};
