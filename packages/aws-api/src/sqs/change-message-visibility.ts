import type { VisibilityChange } from '@daybook/message-bus';
import type { Action } from '../action.ts';
import { singleOutcome } from '../wire/batch.ts';
import { failure } from '../wire/failure.ts';
import type { Input } from '../wire/input.ts';
import { queueNameOf } from './queue-name.ts';

/** ChangeMessageVisibility. */
export const changeMessageVisibility: Action = async (input, { bus }) => {
  singleOutcome(await bus.changeVisibility(queueNameOf(input), [readVisibilityChange(input)]));
  return {};
};

/** Reads a receipt handle and its new visibility timeout. */
export function readVisibilityChange(input: Input): VisibilityChange {
  const receiptHandle = input.requireText('ReceiptHandle');
  const visibilityTimeoutSeconds = input.wholeNumber('VisibilityTimeout');
  if (visibilityTimeoutSeconds !== undefined) return { receiptHandle, visibilityTimeoutSeconds };
  throw failure('MissingParameter', 'The request must contain the parameter VisibilityTimeout.');
}
