import type { ContentPlace, MessageContent, MessageState } from './message.ts';
import type { QueueSettings } from './queue-settings.ts';

/** What is known of a queue besides its messages. */
export interface QueueDescription {
  /** Unique for ever, unlike the name. */
  readonly id: number;
  readonly name: string;
  readonly fifo: boolean;
  readonly settings: QueueSettings;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** What is known of a topic besides its subscriptions. */
export interface TopicDescription {
  readonly id: number;
  readonly name: string;
  readonly fifo: boolean;
  /** In AWS's spelling: `DisplayName`, `ContentBasedDeduplication`, … */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** What is known of a subscription. */
export interface SubscriptionDescription {
  readonly arn: string;
  readonly topic: number;
  readonly queueArn: string;
  /** In AWS's spelling: `RawMessageDelivery`, `FilterPolicy`, `FilterPolicyScope`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What the first message with a deduplication id was answered; its later twins are answered the same. */
export interface DeduplicatedMessage {
  readonly messageId: string;
  readonly sequence: number;
}

/**
 * One change of the state. A journal record has the events of one request. Its form, and the rules that let a compaction write the
 * state while requests go on, stand in JOURNAL.md.
 */
export type JournalEvent =
  | { readonly type: 'counter'; readonly next: number }
  | { readonly type: 'queue'; readonly queue: QueueDescription }
  | { readonly type: 'queue-deleted'; readonly queue: number }
  | { readonly type: 'queue-purged'; readonly queue: number; readonly through: number }
  | {
      readonly type: 'message';
      readonly queue: number;
      readonly message: MessageState;
      /** A line of its own, in JSON already where it is copied. Replay leaves it where it is. */
      readonly content?: MessageContent | Uint8Array;
    }
  | {
      readonly type: 'received';
      readonly queue: number;
      readonly sequences: readonly number[];
      readonly at: number;
      readonly visibleAt: number;
    }
  | {
      readonly type: 'visibility';
      readonly queue: number;
      readonly sequences: readonly number[];
      readonly visibleAt: number;
      /** The receive never reached its caller and does not count. */
      readonly unread?: true;
    }
  | { readonly type: 'deleted'; readonly queue: number; readonly sequences: readonly number[] }
  | {
      readonly type: 'deduplicated';
      /** A queue's or a topic's id. */
      readonly scope: number;
      readonly key: string;
      readonly first: DeduplicatedMessage;
      readonly until: number;
    }
  | { readonly type: 'topic'; readonly topic: TopicDescription }
  | { readonly type: 'topic-deleted'; readonly topic: number }
  | { readonly type: 'subscription'; readonly subscription: SubscriptionDescription }
  | { readonly type: 'subscription-deleted'; readonly arn: string };

/** Told of each event of a record, and for a message where its content is. */
export type EventVisitor = (event: JournalEvent, content: ContentPlace | undefined) => void;
