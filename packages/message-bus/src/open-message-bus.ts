import type { FileSystem, LogPosition } from '@daybook/durable-log';
import { BusCore } from './bus-core.ts';
import { BusState } from './bus-state.ts';
import { Journal } from './journal.ts';
import type { MessageBus } from './message-bus.ts';
import { LongPolls } from './operations/long-poll.ts';
import { MoveTasks } from './operations/move-tasks.ts';
import { publish } from './operations/publish.ts';
import * as queues from './operations/queues.ts';
import { send } from './operations/send.ts';
import { changeVisibility, deleteMessages, giveBack } from './operations/settle.ts';
import * as subscriptions from './operations/subscriptions.ts';
import * as topics from './operations/topics.ts';

/** How to open a bus. */
export interface MessageBusOptions {
  /** Where the journal is; made when it is missing. One bus at a time may be open in it. */
  readonly directory: string;
  /** Stands in ARNs; `us-east-1` unless given. */
  readonly region?: string;
  /** Stands in ARNs; `000000000000` unless given. */
  readonly accountId?: string;
  /** Told of a fault that no caller waits for; the console unless given. */
  readonly onError?: (error: unknown) => void;
  /** Told that a crash left this many bytes of the newest segment unfinished, which were never acknowledged and are cut off. */
  readonly onTornTail?: (position: LogPosition, bytes: number) => void;
  /** Told when the disk is full, so that requests are `unavailable`, and with undefined when there is room and they are accepted again. */
  readonly onDiskFull?: (error: Error | undefined) => void;
  /** Milliseconds since 1970; the clock unless given. */
  readonly now?: () => number;
  /** Waiting messages of a queue that are ready to be received; those beyond are kept more compactly. 20,000 unless given. */
  readonly readyMessages?: number;
  /** Where the journal's files are; the operating system's unless given. */
  readonly fileSystem?: FileSystem;
}

const EXPIRY_INTERVAL_MS = 10_000;

/** Opens the bus of a directory as it was left. */
export async function openMessageBus(options: MessageBusOptions): Promise<MessageBus> {
  const { region = 'us-east-1', accountId = '000000000000', now = Date.now, onError = console.error } = options;
  const state = new BusState(options.readyMessages);
  const openedAt = now();
  const journal = await Journal.open({
    directory: options.directory,
    replay: (event, content) => void state.apply(event, openedAt, content),
    onTornTail: options.onTornTail,
    onDiskFull: (error) => {
      options.onDiskFull?.(error);
      // What was refused meanwhile is on disk now, and can be received.
      if (error === undefined) core.commitInBackground([]);
    },
    fileSystem: options.fileSystem,
  });
  state.startDelivery(openedAt);
  journal.assumeCompacted(state.messageBytes);
  const core = new BusCore({ state, journal, identity: { region, accountId }, now, onError });
  const polls = new LongPolls(core);
  const moves = new MoveTasks(core);
  const expiry = setInterval(() => state.expire(now()), EXPIRY_INTERVAL_MS).unref();

  return {
    identity: core.identity,
    createQueue: (request) => queues.createQueue(core, request),
    deleteQueue: (name) => queues.deleteQueue(core, name),
    describeQueue: (name) => queues.describeQueue(core, name),
    listQueues: (request) => queues.listQueues(core, request),
    setQueueSettings: (name, changes) => queues.setQueueSettings(core, name, changes),
    setQueueTags: (name, change) => queues.setQueueTags(core, name, change),
    purgeQueue: (name) => queues.purgeQueue(core, name),
    deadLetterSources: (name, request) => queues.deadLetterSources(core, name, request),
    send: (queueName, messages) => send(core, queueName, messages),
    receive: (queueName, request, signal) => polls.receive(queueName, request, signal),
    deleteMessages: (queueName, receiptHandles) => deleteMessages(core, queueName, receiptHandles),
    changeVisibility: (queueName, changes) => changeVisibility(core, queueName, changes),
    giveBack: (queueName, receiptHandles) => giveBack(core, queueName, receiptHandles),
    startMoveTask: (request) => moves.start(request),
    cancelMoveTask: (sourceArn, id) => moves.cancel(sourceArn, id),
    listMoveTasks: (sourceArn, limit) => moves.list(sourceArn, limit),
    createTopic: (request) => topics.createTopic(core, request),
    deleteTopic: (name) => topics.deleteTopic(core, name),
    describeTopic: (name) => topics.describeTopic(core, name),
    listTopics: (request) => topics.listTopics(core, request),
    setTopicAttribute: (name, attribute, value) => topics.setTopicAttribute(core, name, attribute, value),
    setTopicTags: (name, change) => topics.setTopicTags(core, name, change),
    subscribe: (request) => subscriptions.subscribe(core, request),
    unsubscribe: (arn) => subscriptions.unsubscribe(core, arn),
    describeSubscription: (arn) => subscriptions.describeSubscription(core, arn),
    listSubscriptions: (request) => subscriptions.listSubscriptions(core, request),
    setSubscriptionAttribute: (arn, name, value) => subscriptions.setSubscriptionAttribute(core, arn, name, value),
    publish: (topicName, publications) => publish(core, topicName, publications),
    close: async () => {
      clearInterval(expiry);
      polls.close();
      await moves.close();
      await core.close();
    },
  };
}
