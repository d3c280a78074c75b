import type { Action } from '../action.ts';
import { failure } from '../wire/failure.ts';
import { readQueueAttributes } from './queue-attributes.ts';
import { queueNameOf } from './queue-name.ts';
import { requireQueue } from './require-queue.ts';

/** SetQueueAttributes. */
export const setQueueAttributes: Action = async (input, { bus }) => {
  const { name, fifo } = requireQueue(bus, queueNameOf(input));
  const attributes = input.textMap('Attributes');
  if (attributes.FifoQueue !== undefined && (attributes.FifoQueue === 'true') !== fifo) {
    throw failure(
      'InvalidAttributeValue',
      'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
    );
  }
  await bus.setQueueSettings(name, readQueueAttributes(attributes));
  return {};
};
