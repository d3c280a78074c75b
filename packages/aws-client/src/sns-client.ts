import { type AwsClientOptions, type CallOptions, HttpTransport } from './http-transport.ts';
import type { MessageAttributes } from './message-attribute.ts';
import { callQuery, type QueryParameters } from './query-protocol.ts';
import type { BatchResult, EntryId, SentMessage } from './sqs-types.ts';
import { type XmlElement, xmlMembers, xmlText } from './xml.ts';

/** A message to publish. `groupId` is required by FIFO topics. */
export interface Publication {
  readonly message: string;
  readonly subject?: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly attributes?: MessageAttributes;
}

/** A message to publish, with an id that names it in the batch's result. */
export interface PublicationEntry extends Publication {
  readonly id: string;
}

/** The calls of Amazon SNS that our own parts make. Errors are as {@link SqsClient} has them. */
export interface SnsClient {
  publish(request: Publication & { readonly topicArn: string }, options?: CallOptions): Promise<SentMessage>;
  /** Up to ten entries, 256 KiB in all. */
  publishBatch(
    request: { readonly topicArn: string; readonly entries: readonly PublicationEntry[] },
    options?: CallOptions,
  ): Promise<BatchResult<SentMessage & EntryId>>;
  /** Creates a topic, or finds the one of that name; returns its ARN. */
  createTopic(
    request: { readonly name: string; readonly attributes?: Readonly<Record<string, string>> },
    options?: CallOptions,
  ): Promise<string>;
  /** Subscribes a queue, named by its ARN, and returns the subscription's ARN. */
  subscribe(
    request: {
      readonly topicArn: string;
      readonly queueArn: string;
      /** `RawMessageDelivery`, `FilterPolicy`, … */
      readonly attributes?: Readonly<Record<string, string>>;
    },
    options?: CallOptions,
  ): Promise<string>;
  /** Ends open calls and connections. */
  close(): Promise<void>;
}

const VERSION = '2010-03-31';

/** A client of Amazon SNS, or of a service that speaks its query protocol at `endpoint`. */
export function createSnsClient(options: AwsClientOptions): SnsClient {
  const transport = new HttpTransport('sns', options);
  const call = async (
    action: string,
    parameters: QueryParameters,
    callOptions: CallOptions = {},
  ): Promise<XmlElement> => {
    const answer = await callQuery(transport, { version: VERSION, action, parameters }, callOptions);
    return answer.children.find(({ name }) => name === `${action}Result`) ?? answer;
  };

  return {
    async publish({ topicArn, ...publication }, callOptions) {
      return toSent(
        await call('Publish', { TopicArn: topicArn, ...publicationParameters('', publication) }, callOptions),
      );
    },

    async publishBatch({ topicArn, entries }, callOptions) {
      const parameters: Record<string, string | undefined> = { TopicArn: topicArn };
      for (const [at, { id, ...publication }] of entries.entries()) {
        const prefix = `PublishBatchRequestEntries.member.${at + 1}.`;
        Object.assign(parameters, { [`${prefix}Id`]: id }, publicationParameters(prefix, publication));
      }
      return toBatchResult(await call('PublishBatch', parameters, callOptions));
    },

    async createTopic({ name, attributes }, callOptions) {
      const result = await call('CreateTopic', { Name: name, ...mapParameters('Attributes', attributes) }, callOptions);
      return xmlText(result, 'TopicArn') ?? '';
    },

    async subscribe({ topicArn, queueArn, attributes }, callOptions) {
      const parameters = {
        TopicArn: topicArn,
        Protocol: 'sqs',
        Endpoint: queueArn,
        ReturnSubscriptionArn: 'true',
        ...mapParameters('Attributes', attributes),
      };
      return xmlText(await call('Subscribe', parameters, callOptions), 'SubscriptionArn') ?? '';
    },

    close: () => transport.close(),
  };
}

function publicationParameters(prefix: string, publication: Publication): QueryParameters {
  const parameters: Record<string, string | undefined> = {
    [`${prefix}Message`]: publication.message,
    [`${prefix}Subject`]: publication.subject,
    [`${prefix}MessageGroupId`]: publication.groupId,
    [`${prefix}MessageDeduplicationId`]: publication.deduplicationId,
  };
  for (const [at, [name, attribute]] of Object.entries(publication.attributes ?? {}).entries()) {
    const entry = `${prefix}MessageAttributes.entry.${at + 1}.`;
    parameters[`${entry}Name`] = name;
    parameters[`${entry}Value.DataType`] = attribute.dataType;
    parameters[`${entry}Value.StringValue`] = attribute.stringValue;
    parameters[`${entry}Value.BinaryValue`] =
      attribute.binaryValue && Buffer.from(attribute.binaryValue).toString('base64');
  }
  return parameters;
}

function mapParameters(name: string, map: Readonly<Record<string, string>> = {}): QueryParameters {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value], at) => [
      [`${name}.entry.${at + 1}.key`, key],
      [`${name}.entry.${at + 1}.value`, value],
    ]),
  );
}

function toSent(element: XmlElement): SentMessage {
  const sequenceNumber = xmlText(element, 'SequenceNumber');
  return { messageId: xmlText(element, 'MessageId') ?? '', ...(sequenceNumber !== undefined && { sequenceNumber }) };
}

function toBatchResult(result: XmlElement): BatchResult<SentMessage & EntryId> {
  return {
    successful: xmlMembers(result, 'Successful').map((member) => ({
      id: xmlText(member, 'Id') ?? '',
      ...toSent(member),
    })),
    failed: xmlMembers(result, 'Failed').map((member) => ({
      id: xmlText(member, 'Id') ?? '',
      code: xmlText(member, 'Code') ?? '',
      message: xmlText(member, 'Message') ?? '',
      senderFault: xmlText(member, 'SenderFault') === 'true',
    })),
  };
}
