import type { Action } from '../action.ts';
import { failure } from '../wire/failure.ts';
import { readQueueAttributes } from './queue-attributes.ts';

/** CreateQueue. */
export const createQueue: Action = async (input, { bus, queueUrl }) => {
  const name = input.requireText('QueueName');
  const attributes = input.textMap('Attributes');
  const fifo = attributes.FifoQueue ?? 'false';
  // spec: SQS API, CreateQueue: FifoQueue cannot be set to false.
  if (attributes.FifoQueue !== undefined && fifo !== 'true') {
    throw failure('InvalidAttributeName', 'Unknown Attribute FifoQueue.');
  }
  const tags = input.textMap('tags');
  await bus.createQueue({ name, fifo: fifo === 'true', settings: readQueueAttributes(attributes), tags });
  return { QueueUrl: queueUrl(name) };
};
