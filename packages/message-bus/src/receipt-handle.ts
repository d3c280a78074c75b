import { busError } from './bus-error.ts';

/** What a receipt handle says: which message, and which of its receives. */
export interface ReceiptHandle {
  readonly queue: number;
  readonly sequence: number;
  readonly receiveCount: number;
}

const PATTERN = /^(\d{1,16})\.(\d{1,16})\.(\d{1,10})$/;

/** Opaque to callers. */
export function formatReceiptHandle({ queue, sequence, receiveCount }: ReceiptHandle): string {
  return Buffer.from(`${queue}.${sequence}.${receiveCount}`).toString('base64url');
}

/** Throws `receipt-handle` for what was never a handle of that queue. */
export function parseReceiptHandle(text: string, queue: number): ReceiptHandle {
  const match = PATTERN.exec(Buffer.from(text, 'base64url').toString('latin1'));
  if (match === null || Number(match[1]) !== queue) {
    throw busError(
      'receipt-handle',
      `The input receipt handle ${JSON.stringify(text.slice(0, 200))} is not one of this queue.`,
    );
  }
  return { queue, sequence: Number(match[2]), receiveCount: Number(match[3]) };
}
