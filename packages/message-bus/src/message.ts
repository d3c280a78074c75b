/** A typed attribute of a message. The type is `String`, `Number` or `Binary`, or one of them with a suffix after a dot. */
export interface MessageAttribute {
  readonly dataType: string;
  readonly stringValue?: string;
  /** In base64. */
  readonly binaryValue?: string;
}

/** Attributes by name. */
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message as a sender gives it. FIFO queues and topics require a group; of a standard queue the group has no effect. */
export interface OutgoingMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** Standard queues only; the queue's own delay unless given. */
  readonly delaySeconds?: number;
  /** The X-Ray header that travels beside the attributes. */
  readonly traceHeader?: string;
  readonly senderId?: string;
}

/** A message as a publisher gives it to a topic. */
export interface Publication extends OutgoingMessage {
  readonly subject?: string;
}

/** What is kept of a message in a queue, as the journal holds it. Times in milliseconds since 1970. */
export interface MessageRecord {
  /** The place in the order of everything that the bus was ever sent. */
  readonly sequence: number;
  readonly messageId: string;
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly traceHeader?: string;
  readonly senderId?: string;
  /** The queue that a message in a dead-letter queue came from. */
  readonly deadLetterSourceArn?: string;
  readonly sentAt: number;
  /** Not receivable before this: a delay, or the visibility timeout of the last receive. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
  lastReceivedAt?: number;
}

/** Where a message in memory is: not yet durable, in the order to be received, received, or no longer in its queue. */
type MessagePlace = 'uncommitted' | 'waiting' | 'in-flight' | 'gone';

/** A message in memory. */
export interface Message extends MessageRecord {
  place: MessagePlace;
  /** Its slot in the one heap that holds it. */
  heapSlot: number;
}

/** A message as a receiver gets it. */
export interface ReceivedMessage extends Readonly<MessageRecord> {
  readonly receiptHandle: string;
}

/** The twenty digits that AWS shows for a sequence number; they sort as text as the numbers do. */
export function formatSequenceNumber(sequence: number): string {
  return `1${String(sequence).padStart(19, '0')}`;
}
