import type { OutgoingMessage, SentMessage } from '@daybook/message-bus';
import type { Output } from '../action.ts';
import type { Input } from '../wire/input.ts';
import { md5OfAttributes, md5OfBody, readMessageAttributes } from '../wire/message-attributes.ts';

/** Reads a message to send. */
export function readOutgoing(input: Input, senderId: string): OutgoingMessage {
  const groupId = input.text('MessageGroupId');
  const deduplicationId = input.text('MessageDeduplicationId');
  const delaySeconds = input.wholeNumber('DelaySeconds');
  const system = input.inputMap('MessageSystemAttributes').find(([name]) => name === 'AWSTraceHeader');
  const traceHeader = system?.[1].text('StringValue');
  return {
    body: input.requireText('MessageBody'),
    attributes: readMessageAttributes(input),
    senderId,
    ...(groupId !== undefined && { groupId }),
    ...(deduplicationId !== undefined && { deduplicationId }),
    ...(delaySeconds !== undefined && { delaySeconds }),
    ...(traceHeader !== undefined && { traceHeader }),
  };
}

/** What a sender is answered. */
export function writeSent(sent: SentMessage, { body, attributes = {} }: OutgoingMessage): Output {
  return {
    MessageId: sent.messageId,
    MD5OfMessageBody: md5OfBody(body),
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    SequenceNumber: sent.sequenceNumber,
  };
}
