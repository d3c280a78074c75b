export { type AwsIdentity, formatArn, nameOfArn } from './arn.ts';
export { type BusErrorReason, busError } from './bus-error.ts';
export type { DeliveryCounts } from './delivery/delivery.ts';
export {
  formatSequenceNumber,
  type MessageAttribute,
  type MessageAttributes,
  type OutgoingMessage,
  type Publication,
  type ReceivedMessage,
} from './message.ts';
export type { MessageBus } from './message-bus.ts';
export { type MessageBusOptions, openMessageBus } from './open-message-bus.ts';
export type { MoveTaskInfo, MoveTaskRequest, MoveTaskStatus } from './operations/move-tasks.ts';
export type { Outcome } from './operations/outcome.ts';
export { attributesBytes } from './operations/prepare-message.ts';
export { MAX_PUBLICATION_BYTES } from './operations/publish.ts';
export type { ListRequest, Page, QueueInfo, QueueRequest } from './operations/queues.ts';
export type { ReceiveRequest } from './operations/receive.ts';
export type { SentMessage } from './operations/send.ts';
export type { VisibilityChange } from './operations/settle.ts';
export type { SubscriptionInfo } from './operations/subscriptions.ts';
export type { Tags } from './operations/tags.ts';
export type { Attributes, TopicInfo, TopicRequest } from './operations/topics.ts';
export { MAX_MESSAGE_BYTES, type QueueSettings, type RedrivePolicy } from './queue-settings.ts';
