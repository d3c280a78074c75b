import { attributesBytes, type OutgoingMessage } from '@daybook/message-bus';
import { failure } from './failure.ts';

/** Throws when the messages of a batch are together longer than one message may be in that service. */
export function checkBatchBytes(messages: readonly OutgoingMessage[], maxBytes: number): void {
  let bytes = 0;
  for (const { body, attributes = {} } of messages) bytes += Buffer.byteLength(body) + attributesBytes(attributes);
  if (bytes <= maxBytes) return;
  throw failure(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${maxBytes} bytes. You have sent ${bytes} bytes.`,
  );
}
