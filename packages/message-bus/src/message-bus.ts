import type { AwsIdentity } from './arn.ts';
import type { OutgoingMessage, Publication, ReceivedMessage } from './message.ts';
import type { MoveTaskInfo, MoveTaskRequest } from './operations/move-tasks.ts';
import type { Outcome } from './operations/outcome.ts';
import type { ListRequest, Page, QueueInfo, QueueRequest } from './operations/queues.ts';
import type { ReceiveRequest } from './operations/receive.ts';
import type { SentMessage } from './operations/send.ts';
import type { VisibilityChange } from './operations/settle.ts';
import type { SubscriptionInfo } from './operations/subscriptions.ts';
import type { Tags } from './operations/tags.ts';
import type { Attributes, TopicInfo, TopicRequest } from './operations/topics.ts';
import type { QueueSettings } from './queue-settings.ts';

/**
 * Topics and queues that behave as Amazon SNS and SQS, over a durable journal.
 *
 * Queues and topics are named; a name that is not there is `not-found`. Whatever changes something resolves when that is on disk; a
 * receive alone does not wait for the disk. Errors carry a `BusErrorReason` in their detail. A method that takes several entries
 * applies the good ones in one journal record and says of each what became of it.
 */
export interface MessageBus {
  readonly identity: AwsIdentity;

  /** Makes a queue, or finds it if it is there with these settings; returns whether it is new. */
  createQueue(request: QueueRequest): Promise<boolean>;
  deleteQueue(name: string): Promise<void>;
  describeQueue(name: string): QueueInfo | undefined;
  /** Names in their order. */
  listQueues(request: ListRequest): Page<string>;
  setQueueSettings(name: string, changes: Partial<QueueSettings>): Promise<void>;
  setQueueTags(name: string, change: (tags: Tags) => Tags): Promise<void>;
  purgeQueue(name: string): Promise<void>;
  /** Names of the queues whose dead-letter queue this one is. */
  deadLetterSources(name: string, request: ListRequest): Page<string>;

  send(queueName: string, messages: readonly OutgoingMessage[]): Promise<readonly Outcome<SentMessage>[]>;
  /** Waits as long as the request or the queue says; an abort ends the wait with nothing taken. */
  receive(queueName: string, request: ReceiveRequest, signal?: AbortSignal): Promise<readonly ReceivedMessage[]>;
  deleteMessages(queueName: string, receiptHandles: readonly string[]): Promise<readonly Outcome<void>[]>;
  changeVisibility(queueName: string, changes: readonly VisibilityChange[]): Promise<readonly Outcome<void>[]>;
  /** Undoes a receive whose answer could not be delivered: visible at once, and it does not count. */
  giveBack(queueName: string, receiptHandles: readonly string[]): void;

  /** Starts to move messages out of a dead-letter queue; returns the task's id. */
  startMoveTask(request: MoveTaskRequest): string;
  /** Ends a task after its next step; returns how many messages it has moved. */
  cancelMoveTask(sourceArn: string, id: string): number;
  /** The newest tasks of a source since the bus was opened, newest first; `limit` is 1 to 10. */
  listMoveTasks(sourceArn: string, limit: number): readonly MoveTaskInfo[];

  /** Makes a topic, or finds it if it is there; returns its ARN. */
  createTopic(request: TopicRequest): Promise<string>;
  deleteTopic(name: string): Promise<void>;
  describeTopic(name: string): TopicInfo | undefined;
  listTopics(request: ListRequest): Page<string>;
  setTopicAttribute(name: string, attribute: string, value: string): Promise<void>;
  setTopicTags(name: string, change: (tags: Tags) => Tags): Promise<void>;
  /** Subscribes a queue and returns the subscription's ARN. */
  subscribe(request: {
    readonly topicName: string;
    readonly queueArn: string;
    readonly attributes?: Attributes;
  }): Promise<string>;
  unsubscribe(subscriptionArn: string): Promise<void>;
  describeSubscription(arn: string): SubscriptionInfo | undefined;
  /** ARNs in their order, of all topics or of one. */
  listSubscriptions(request: ListRequest & { readonly topicName?: string }): Page<string>;
  setSubscriptionAttribute(arn: string, name: string, value: string): Promise<void>;
  publish(topicName: string, publications: readonly Publication[]): Promise<readonly Outcome<SentMessage>[]>;

  /** Ends all waits, commits what is left and closes the journal. */
  close(): Promise<void>;
}
