import type { Action } from '../action.ts';
import { singleOutcome } from '../wire/batch.ts';
import { queueNameOf } from './queue-name.ts';

/** DeleteMessage. */
export const deleteMessage: Action = async (input, { bus }) => {
  singleOutcome(await bus.deleteMessages(queueNameOf(input), [input.requireText('ReceiptHandle')]));
  return {};
};
