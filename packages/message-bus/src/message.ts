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

/** What a message says. It stays in the journal and is read when the message is received. */
export interface MessageContent {
  readonly messageId: string;
  readonly body: string;
  readonly attributes?: MessageAttributes | undefined;
  readonly deduplicationId?: string | undefined;
  readonly traceHeader?: string | undefined;
  readonly senderId?: string | undefined;
  /** The queue that a message in a dead-letter queue came from. */
  readonly deadLetterSourceArn?: string | undefined;
}

/** What decides when a message is received. Times in milliseconds since 1970. */
export interface MessageState {
  /** The place in the order of everything that the bus was ever sent. */
  readonly sequence: number;
  readonly groupId: string | undefined;
  readonly sentAt: number;
  /** Not receivable before this: a delay, or the visibility timeout of the last receive. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number | undefined;
  lastReceivedAt?: number | undefined;
}

/** Where the journal has a message's content. */
export interface ContentPlace {
  readonly segment: number;
  /** Bytes from the segment's start. */
  readonly offset: number;
  readonly bytes: number;
}

/** Where a message in memory is: not yet durable, in the order to be received, received, or no longer in its queue. */
type MessagePlace = 'uncommitted' | 'waiting' | 'in-flight' | 'gone';

/** A message in memory that may be received next, or was touched; the others are rows of the backlog. */
export interface Message extends MessageState {
  content: ContentPlace;
  place: MessagePlace;
  /** Its slot in the one heap that holds it. */
  heapSlot: number;
  /** The next that waits in its message group. */
  next: Message | undefined;
}

/** What the journal keeps of where and when a message is. */
export function stateOf(message: MessageState): MessageState {
  const { sequence, groupId, sentAt, visibleAt, receiveCount, firstReceivedAt, lastReceivedAt } = message;
  return { sequence, groupId, sentAt, visibleAt, receiveCount, firstReceivedAt, lastReceivedAt };
}

/** A message as a receiver gets it. */
export interface ReceivedMessage extends MessageContent, Readonly<MessageState> {
  readonly receiptHandle: string;
}

/** The twenty digits that AWS shows for a sequence number; they sort as text as the numbers do. */
export function formatSequenceNumber(sequence: number): string {
  return `1${String(sequence).padStart(19, '0')}`;
}
