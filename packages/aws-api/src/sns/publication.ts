import type { Publication, SentMessage } from '@daybook/message-bus';
import type { Output } from '../action.ts';
import { failure } from '../wire/failure.ts';
import type { Input } from '../wire/input.ts';
import { readMessageAttributes } from '../wire/message-attributes.ts';

/** Reads a message to publish. With `MessageStructure` `json` queues get the part for `sqs`, else `default`. */
export function readPublication(input: Input, senderId: string): Publication {
  const subject = input.text('Subject');
  const groupId = input.text('MessageGroupId');
  const deduplicationId = input.text('MessageDeduplicationId');
  const message = input.requireText('Message');
  return {
    body: input.text('MessageStructure') === 'json' ? partForQueues(message) : message,
    attributes: readMessageAttributes(input),
    senderId,
    ...(subject !== undefined && { subject }),
    ...(groupId !== undefined && { groupId }),
    ...(deduplicationId !== undefined && { deduplicationId }),
  };
}

/** What a publisher is answered. */
export function writePublished({ messageId, sequenceNumber }: SentMessage): Output {
  return { MessageId: messageId, SequenceNumber: sequenceNumber };
}

function partForQueues(message: string): string {
  try {
    const parts = JSON.parse(message);
    if (typeof parts?.default === 'string') return typeof parts.sqs === 'string' ? parts.sqs : parts.default;
  } catch {
    throw failure('InvalidParameterValue', 'Invalid parameter: Message Structure - JSON message body failed to parse');
  }
  throw failure(
    'InvalidParameterValue',
    'Invalid parameter: Message Structure - No default entry in JSON message body',
  );
}
