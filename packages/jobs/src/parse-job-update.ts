import { parseInstant } from './instant.ts';
import { isJsonObject } from './json.ts';
import { type ParsedUpdate, parseMessage } from './parse-message.ts';

/** The parts of an SQS record that matter here, as a Lambda function and the local poller get them. */
export interface QueueRecord {
  /** The queue's id of the message. */
  readonly messageId: string;
  /** The envelope of the topic, or the update itself where raw delivery is on. */
  readonly body: string;
  /** `SentTimestamp` is the queue's time: milliseconds since 1970, as text. */
  readonly attributes?: { readonly SentTimestamp?: string };
}

/** The update in a record, or why there never will be one. Times and ids that it lacks are the topic's, else the queue's. */
export function parseJobUpdate(record: QueueRecord): ParsedUpdate {
  const envelope = parseEnvelope(record.body);
  if (envelope !== undefined)
    return parseMessage(envelope.message, {
      messageId: envelope.messageId ?? record.messageId,
      ...optionalTime(parseInstant(envelope.timestamp) ?? sentTime(record)),
    });
  return parseMessage(record.body, { messageId: record.messageId, ...optionalTime(sentTime(record)) });
}

interface Envelope {
  readonly message: string;
  readonly messageId: string | undefined;
  readonly timestamp: unknown;
}

/** The envelope of Amazon SNS's JSON format (Developer Guide, "HTTP/HTTPS notification JSON format"), if it is one. */
function parseEnvelope(body: string): Envelope | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!isJsonObject(value) || value.Type !== 'Notification' || typeof value.Message !== 'string') return undefined;
  const id = value.MessageId;
  return {
    message: value.Message,
    messageId: typeof id === 'string' && id !== '' ? id : undefined,
    timestamp: value.Timestamp,
  };
}

function sentTime(record: QueueRecord): string | undefined {
  const sent = record.attributes?.SentTimestamp;
  return sent === undefined ? undefined : parseInstant(Number(sent));
}

function optionalTime(time: string | undefined): { time?: string } {
  return time === undefined ? {} : { time };
}
