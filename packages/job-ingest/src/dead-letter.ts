import type { SqsClient } from '@daybook/aws-client';
import type { QueueEventRecord } from './queue-event.ts';

/** Where messages go that can never count. */
export interface DeadLetter {
  /** Resolves once the message is safe; until then it must not be acknowledged. */
  send(record: QueueEventRecord, reason: string): Promise<void>;
}

/** What a message may have in all, less room for its attribute. */
const MAX_BODY_BYTES = 256 * 1024 - 2048;
const MAX_REASON_CHARACTERS = 400;

/** A dead-letter queue, FIFO or not. A message keeps its body and group; its reason is the message attribute `reason`. */
export function createDeadLetter(options: { readonly sqs: SqsClient; readonly queueUrl: string }): DeadLetter {
  const { sqs, queueUrl } = options;
  const isFifo = queueUrl.endsWith('.fifo');
  return {
    async send(record, reason) {
      await sqs.sendMessage({
        queueUrl,
        body: shortened(record.body),
        attributes: { reason: { dataType: 'String', stringValue: sendable(reason) } },
        ...(isFifo
          ? { groupId: record.attributes.MessageGroupId ?? record.messageId, deduplicationId: record.messageId }
          : {}),
      });
    },
  };
}

function shortened(body: string): string {
  const bytes = Buffer.from(body);
  return bytes.length <= MAX_BODY_BYTES
    ? body
    : bytes
        .subarray(0, MAX_BODY_BYTES)
        .toString('utf8')
        .replace(/\uFFFD$/, '');
}

/** SQS takes the characters of XML 1.0 only. */
function sendable(reason: string): string {
  const allowed = reason.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?');
  return allowed === '' ? 'unknown' : allowed.slice(0, MAX_REASON_CHARACTERS);
}
