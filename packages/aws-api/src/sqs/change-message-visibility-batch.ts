import type { Action } from '../action.ts';
import { runBatch } from '../wire/batch.ts';
import { readVisibilityChange } from './change-message-visibility.ts';
import { queueNameOf } from './queue-name.ts';
import { requireQueue } from './require-queue.ts';

/** ChangeMessageVisibilityBatch. */
export const changeMessageVisibilityBatch: Action = (input, { bus }) => {
  const { name } = requireQueue(bus, queueNameOf(input));
  return runBatch(input.inputs('Entries'), {
    service: 'sqs',
    read: readVisibilityChange,
    run: (changes) => bus.changeVisibility(name, changes),
    answer: () => ({}),
  });
};
