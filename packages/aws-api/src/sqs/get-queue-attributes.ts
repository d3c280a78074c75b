import type { Action } from '../action.ts';
import { failure } from '../wire/failure.ts';
import { writeQueueAttributes } from './queue-attributes.ts';
import { queueNameOf } from './queue-name.ts';
import { requireQueue } from './require-queue.ts';

const CONDITIONAL = ['RedrivePolicy', 'RedriveAllowPolicy', 'Policy', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds'];
const FIFO = ['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'];

/** GetQueueAttributes. */
export const getQueueAttributes: Action = (input, { bus }) => {
  const all = writeQueueAttributes(requireQueue(bus, queueNameOf(input)));
  const names = input.texts('AttributeNames');
  const unknown = names.find(
    (name) => name !== 'All' && !(name in all) && !CONDITIONAL.includes(name) && !FIFO.includes(name),
  );
  if (unknown !== undefined) throw failure('InvalidAttributeName', `Unknown Attribute ${unknown.slice(0, 200)}.`);
  const picked = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name));
  return picked.length === 0 ? {} : { Attributes: Object.fromEntries(picked) };
};
