import { type AwsClientOptions, type CallOptions, HttpTransport } from './http-transport.ts';
import { callJson } from './json-protocol.ts';
import { fromWireAttributes, toWireAttributes } from './message-attribute.ts';
import type { BatchResult, EntryId, OutgoingMessage, ReceivedMessage, SentMessage, SqsClient } from './sqs-types.ts';

type Wire = Readonly<Record<string, unknown>>;

/** A client of Amazon SQS, or of a service that speaks its AWS JSON protocol at `endpoint`. */
export function createSqsClient(options: AwsClientOptions): SqsClient {
  const transport = new HttpTransport('sqs', options);
  const call = (action: string, input: object, callOptions: CallOptions = {}, waitMs = 0): Promise<Wire> =>
    callJson(transport, { target: 'AmazonSQS', action, input, waitMs }, callOptions);

  return {
    async sendMessage({ queueUrl, ...message }, callOptions) {
      return toSentMessage(await call('SendMessage', { QueueUrl: queueUrl, ...fromOutgoing(message) }, callOptions));
    },

    async sendMessageBatch({ queueUrl, entries }, callOptions) {
      const Entries = entries.map(({ id, ...message }) => ({ Id: id, ...fromOutgoing(message) }));
      const answer = await call('SendMessageBatch', { QueueUrl: queueUrl, Entries }, callOptions);
      return toBatchResult(answer, (wire) => ({ id: String(wire.Id), ...toSentMessage(wire) }));
    },

    async receiveMessage(request, callOptions) {
      const { waitTimeSeconds } = request;
      const input = {
        QueueUrl: request.queueUrl,
        MaxNumberOfMessages: request.maxMessages,
        WaitTimeSeconds: waitTimeSeconds,
        VisibilityTimeout: request.visibilityTimeoutSeconds,
        ReceiveRequestAttemptId: request.receiveRequestAttemptId,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      };
      // A queue may have a waiting time of its own, of up to 20 seconds.
      const answer = await call('ReceiveMessage', input, callOptions, (waitTimeSeconds ?? 20) * 1000);
      return list(answer.Messages).map(toReceivedMessage);
    },

    async deleteMessage({ queueUrl, receiptHandle }, callOptions) {
      await call('DeleteMessage', { QueueUrl: queueUrl, ReceiptHandle: receiptHandle }, callOptions);
    },

    async deleteMessageBatch({ queueUrl, entries }, callOptions) {
      const Entries = entries.map(({ id, receiptHandle }) => ({ Id: id, ReceiptHandle: receiptHandle }));
      return toBatchResult(await call('DeleteMessageBatch', { QueueUrl: queueUrl, Entries }, callOptions), toEntryId);
    },

    async changeMessageVisibility({ queueUrl, receiptHandle, visibilityTimeoutSeconds }, callOptions) {
      const input = { QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: visibilityTimeoutSeconds };
      await call('ChangeMessageVisibility', input, callOptions);
    },

    async changeMessageVisibilityBatch({ queueUrl, entries }, callOptions) {
      const Entries = entries.map(({ id, receiptHandle, visibilityTimeoutSeconds }) => ({
        Id: id,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: visibilityTimeoutSeconds,
      }));
      return toBatchResult(
        await call('ChangeMessageVisibilityBatch', { QueueUrl: queueUrl, Entries }, callOptions),
        toEntryId,
      );
    },

    async createQueue({ name, attributes, tags }, callOptions) {
      const answer = await call('CreateQueue', { QueueName: name, Attributes: attributes, tags }, callOptions);
      return String(answer.QueueUrl);
    },

    async getQueueUrl({ name }, callOptions) {
      return String((await call('GetQueueUrl', { QueueName: name }, callOptions)).QueueUrl);
    },

    async getQueueAttributes({ queueUrl, names = ['All'] }, callOptions) {
      const answer = await call('GetQueueAttributes', { QueueUrl: queueUrl, AttributeNames: names }, callOptions);
      return (answer.Attributes ?? {}) as Record<string, string>;
    },

    async setQueueAttributes({ queueUrl, attributes }, callOptions) {
      await call('SetQueueAttributes', { QueueUrl: queueUrl, Attributes: attributes }, callOptions);
    },

    close: () => transport.close(),
  };
}

function fromOutgoing(message: OutgoingMessage): object {
  return {
    MessageBody: message.body,
    MessageGroupId: message.groupId,
    MessageDeduplicationId: message.deduplicationId,
    DelaySeconds: message.delaySeconds,
    MessageAttributes: toWireAttributes(message.attributes),
  };
}

function toSentMessage(wire: Wire): SentMessage {
  const sequenceNumber = wire.SequenceNumber;
  return {
    messageId: String(wire.MessageId),
    ...(sequenceNumber !== undefined && { sequenceNumber: String(sequenceNumber) }),
  };
}

function toReceivedMessage(wire: Wire): ReceivedMessage {
  return {
    messageId: String(wire.MessageId),
    receiptHandle: String(wire.ReceiptHandle),
    body: String(wire.Body),
    md5OfBody: String(wire.MD5OfBody),
    attributes: (wire.Attributes ?? {}) as Record<string, string>,
    messageAttributes: fromWireAttributes(wire.MessageAttributes),
  };
}

function toEntryId(wire: Wire): EntryId {
  return { id: String(wire.Id) };
}

function toBatchResult<Success>(answer: Wire, toSuccess: (wire: Wire) => Success): BatchResult<Success> {
  return {
    successful: list(answer.Successful).map(toSuccess),
    failed: list(answer.Failed).map((wire) => ({
      id: String(wire.Id),
      code: String(wire.Code),
      message: String(wire.Message ?? ''),
      senderFault: wire.SenderFault === true,
    })),
  };
}

function list(value: unknown): readonly Wire[] {
  return Array.isArray(value) ? value : [];
}
