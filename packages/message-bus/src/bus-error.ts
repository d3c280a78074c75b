import { DaybookError, type ErrorCode } from '@daybook/errors';

/**
 * Why the bus refused something; stands as `reason` in the detail of its errors. Finer than the error's code, because a protocol's
 * edge has a code of its own for each.
 */
export type BusErrorReason =
  | 'queue-missing'
  | 'queue-exists'
  | 'topic-missing'
  | 'topic-exists'
  | 'subscription-missing'
  | 'resource-missing'
  | 'value'
  | 'attribute-name'
  | 'attribute-value'
  | 'parameter-missing'
  | 'message-too-long'
  | 'message-characters'
  | 'receipt-handle'
  | 'receipt-handle-expired'
  | 'not-in-flight'
  | 'too-many-in-flight'
  | 'filter-policy';

const CODES: Readonly<Record<BusErrorReason, ErrorCode>> = {
  'queue-missing': 'not-found',
  'queue-exists': 'already-exists',
  'topic-missing': 'not-found',
  'topic-exists': 'already-exists',
  'subscription-missing': 'not-found',
  'resource-missing': 'not-found',
  value: 'invalid-argument',
  'attribute-name': 'invalid-argument',
  'attribute-value': 'invalid-argument',
  'parameter-missing': 'invalid-argument',
  'message-too-long': 'invalid-argument',
  'message-characters': 'invalid-argument',
  'receipt-handle': 'invalid-argument',
  'receipt-handle-expired': 'invalid-argument',
  'not-in-flight': 'conflict',
  'too-many-in-flight': 'limit-exceeded',
  'filter-policy': 'invalid-argument',
};

/** An error of the bus with its {@link BusErrorReason}. */
export function busError(reason: BusErrorReason, message: string): DaybookError {
  return new DaybookError(CODES[reason], message, { detail: { reason } });
}
