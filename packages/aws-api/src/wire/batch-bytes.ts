import { attributesBytes, type OutgoingMessage } from '@daybook/message-bus';
import { failure } from './failure.ts';

const MAX_BATCH_BYTES = 262_144;

/** Throws when the messages of a batch are together longer than one message may be. */
export function checkBatchBytes(messages: readonly OutgoingMessage[]): void {
  let bytes = 0;
  for (const { body, attributes = {} } of messages) bytes += Buffer.byteLength(body) + attributesBytes(attributes);
  if (bytes <= MAX_BATCH_BYTES) return;
  throw failure(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`,
  );
}
