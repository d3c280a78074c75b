import type { CallOptions } from './http-transport.ts';
import type { MessageAttributes } from './message-attribute.ts';

/** A message to send. `groupId` is required by FIFO queues. */
export interface OutgoingMessage {
  readonly body: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly delaySeconds?: number;
  readonly attributes?: MessageAttributes;
}

/** A message to send, with an id that names it in the batch's result. */
export interface OutgoingEntry extends OutgoingMessage {
  readonly id: string;
}

/** What a queue says about a message that it took. */
export interface SentMessage {
  readonly messageId: string;
  /** FIFO queues only. */
  readonly sequenceNumber?: string;
}

/** An entry of a batch that was refused. */
export interface FailedEntry {
  readonly id: string;
  readonly code: string;
  readonly message: string;
  /** Whether the entry itself is at fault, so that sending it again is of no use. */
  readonly senderFault: boolean;
}

/** What became of each entry of a batch. */
export interface BatchResult<Success> {
  readonly successful: readonly Success[];
  readonly failed: readonly FailedEntry[];
}

/** How to receive; at most ten messages come at once, after at most 20 seconds. */
export interface ReceiveRequest {
  readonly queueUrl: string;
  readonly maxMessages?: number;
  readonly waitTimeSeconds?: number;
  readonly visibilityTimeoutSeconds?: number;
  readonly receiveRequestAttemptId?: string;
}

/** A message as it was received. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** The queue's own attributes in AWS's spelling: `ApproximateReceiveCount`, `SentTimestamp`, `MessageGroupId`, … */
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: MessageAttributes;
}

/** A receipt handle, with an id that names it in the batch's result. */
export interface ReceiptEntry {
  readonly id: string;
  readonly receiptHandle: string;
}

/** A new visibility timeout for a message in flight; 0 gives it back at once. */
export interface VisibilityEntry extends ReceiptEntry {
  readonly visibilityTimeoutSeconds: number;
}

/** The result of an entry of which nothing more is said. */
export interface EntryId {
  readonly id: string;
}

/**
 * The calls of Amazon SQS that our own parts make. Errors are DaybookErrors: `not-found` for a queue that does not exist,
 * `unavailable` for throttling, a fault of the service or no connection, `timeout`, `invalid-argument` for what the service
 * refuses. An aborted call rejects with the signal's reason.
 */
export interface SqsClient {
  sendMessage(request: OutgoingMessage & { readonly queueUrl: string }, options?: CallOptions): Promise<SentMessage>;
  /** Up to ten entries, 1 MiB in all. */
  sendMessageBatch(
    request: { readonly queueUrl: string; readonly entries: readonly OutgoingEntry[] },
    options?: CallOptions,
  ): Promise<BatchResult<SentMessage & EntryId>>;
  receiveMessage(request: ReceiveRequest, options?: CallOptions): Promise<readonly ReceivedMessage[]>;
  deleteMessage(
    request: { readonly queueUrl: string; readonly receiptHandle: string },
    options?: CallOptions,
  ): Promise<void>;
  deleteMessageBatch(
    request: { readonly queueUrl: string; readonly entries: readonly ReceiptEntry[] },
    options?: CallOptions,
  ): Promise<BatchResult<EntryId>>;
  changeMessageVisibility(
    request: { readonly queueUrl: string; readonly receiptHandle: string; readonly visibilityTimeoutSeconds: number },
    options?: CallOptions,
  ): Promise<void>;
  changeMessageVisibilityBatch(
    request: { readonly queueUrl: string; readonly entries: readonly VisibilityEntry[] },
    options?: CallOptions,
  ): Promise<BatchResult<EntryId>>;
  /** Creates a queue, or finds the one of that name with the same attributes; returns its URL. */
  createQueue(
    request: {
      readonly name: string;
      readonly attributes?: Readonly<Record<string, string>>;
      readonly tags?: Readonly<Record<string, string>>;
    },
    options?: CallOptions,
  ): Promise<string>;
  getQueueUrl(request: { readonly name: string }, options?: CallOptions): Promise<string>;
  /** All attributes unless names are given, in AWS's spelling. */
  getQueueAttributes(
    request: { readonly queueUrl: string; readonly names?: readonly string[] },
    options?: CallOptions,
  ): Promise<Readonly<Record<string, string>>>;
  setQueueAttributes(
    request: { readonly queueUrl: string; readonly attributes: Readonly<Record<string, string>> },
    options?: CallOptions,
  ): Promise<void>;
  /** Ends open calls and connections. */
  close(): Promise<void>;
}
