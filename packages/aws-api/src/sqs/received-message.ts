import { formatSequenceNumber, type MessageAttributes, type ReceivedMessage } from '@daybook/message-bus';
import type { Output } from '../action.ts';
import { md5OfAttributes, md5OfBody, writeMessageAttributes } from '../wire/message-attributes.ts';

/** Which attributes a receiver asked for. */
export interface RequestedAttributes {
  readonly system: readonly string[];
  readonly message: readonly string[];
}

/** A received message in AWS's spelling, with the attributes that were asked for. */
export function writeReceived(message: ReceivedMessage, requested: RequestedAttributes): Output {
  const system = pickSystem(systemAttributes(message), requested.system);
  const attributes = pickMessage(message.attributes ?? {}, requested.message);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: md5OfBody(message.body),
    Body: message.body,
    Attributes: isEmpty(system) ? undefined : system,
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    MessageAttributes: isEmpty(attributes) ? undefined : writeMessageAttributes(attributes),
  };
}

function systemAttributes(message: ReceivedMessage): Record<string, string | undefined> {
  return {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    SequenceNumber: message.deduplicationId === undefined ? undefined : formatSequenceNumber(message.sequence),
    MessageDeduplicationId: message.deduplicationId,
    MessageGroupId: message.groupId,
    AWSTraceHeader: message.traceHeader,
    DeadLetterQueueSourceArn: message.deadLetterSourceArn,
  };
}

function pickSystem(all: Record<string, string | undefined>, names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined && (names.includes('All') || names.includes(name))) picked[name] = value;
  }
  return picked;
}

function pickMessage(all: MessageAttributes, patterns: readonly string[]): MessageAttributes {
  const wanted = (name: string): boolean =>
    patterns.some(
      (pattern) =>
        pattern === 'All' || pattern === name || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted(name)));
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0;
}
