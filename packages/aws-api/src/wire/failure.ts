import { DaybookError, type ErrorCode, isDaybookError } from '@daybook/errors';
import type { BusErrorReason } from '@daybook/message-bus';

/** What the API refuses, in the words of Amazon SQS where it has one. */
export type FailureName =
  | 'AccessDenied'
  | 'BatchEntryIdsNotDistinct'
  | 'BatchRequestTooLong'
  | 'EmptyBatchRequest'
  | 'IncompleteSignature'
  | 'InternalFailure'
  | 'InvalidAction'
  | 'InvalidAttributeName'
  | 'InvalidAttributeValue'
  | 'InvalidBatchEntryId'
  | 'InvalidClientTokenId'
  | 'InvalidMessageContents'
  | 'InvalidParameterValue'
  | 'MalformedInput'
  | 'MessageNotInflight'
  | 'MissingAuthenticationToken'
  | 'MissingParameter'
  | 'OverLimit'
  | 'QueueDoesNotExist'
  | 'QueueNameExists'
  | 'ReceiptHandleIsInvalid'
  | 'RequestEntityTooLarge'
  | 'ResourceDoesNotExist'
  | 'ServiceUnavailable'
  | 'SignatureDoesNotMatch'
  | 'TooManyEntriesInBatchRequest';

/** How a failure looks in each protocol. */
export interface Failure {
  readonly status: number;
  /** `__type` in AWS JSON. */
  readonly type: string;
  /** Code in SQS's query protocol, also in the header `x-amzn-query-error`. */
  readonly sqsCode: string;
  /** Code in SNS's query protocol. */
  readonly snsCode: string;
}

const SQS = 'com.amazonaws.sqs#';
const CORAL = 'com.amazon.coral.service#';
const LEGACY = 'AWS.SimpleQueueService.';

const FAILURES: Readonly<
  Record<FailureName, readonly [status: number, type: string, sqsCode: string, snsCode: string]>
> = {
  AccessDenied: [403, `${CORAL}AccessDeniedException`, 'AccessDenied', 'AuthorizationError'],
  BatchEntryIdsNotDistinct: [
    400,
    `${SQS}BatchEntryIdsNotDistinct`,
    `${LEGACY}BatchEntryIdsNotDistinct`,
    'BatchEntryIdsNotDistinct',
  ],
  BatchRequestTooLong: [400, `${SQS}BatchRequestTooLong`, `${LEGACY}BatchRequestTooLong`, 'BatchRequestTooLong'],
  EmptyBatchRequest: [400, `${SQS}EmptyBatchRequest`, `${LEGACY}EmptyBatchRequest`, 'EmptyBatchRequest'],
  IncompleteSignature: [403, `${CORAL}IncompleteSignatureException`, 'IncompleteSignature', 'IncompleteSignature'],
  InternalFailure: [500, `${CORAL}InternalFailure`, 'InternalFailure', 'InternalFailure'],
  InvalidAction: [400, `${CORAL}UnknownOperationException`, 'InvalidAction', 'InvalidAction'],
  InvalidAttributeName: [400, `${SQS}InvalidAttributeName`, 'InvalidAttributeName', 'InvalidParameter'],
  InvalidAttributeValue: [400, `${SQS}InvalidAttributeValue`, 'InvalidAttributeValue', 'InvalidParameter'],
  InvalidBatchEntryId: [400, `${SQS}InvalidBatchEntryId`, `${LEGACY}InvalidBatchEntryId`, 'InvalidBatchEntryId'],
  InvalidClientTokenId: [403, `${CORAL}UnrecognizedClientException`, 'InvalidClientTokenId', 'InvalidClientTokenId'],
  InvalidMessageContents: [400, `${SQS}InvalidMessageContents`, 'InvalidMessageContents', 'InvalidParameter'],
  InvalidParameterValue: [400, `${CORAL}InvalidParameterValueException`, 'InvalidParameterValue', 'InvalidParameter'],
  MalformedInput: [400, `${CORAL}SerializationException`, 'MalformedInput', 'MalformedInput'],
  MessageNotInflight: [400, `${SQS}MessageNotInflight`, `${LEGACY}MessageNotInflight`, 'InvalidParameter'],
  MissingAuthenticationToken: [
    403,
    `${CORAL}MissingAuthenticationTokenException`,
    'MissingAuthenticationToken',
    'MissingAuthenticationToken',
  ],
  MissingParameter: [400, `${CORAL}MissingRequiredParameterException`, 'MissingParameter', 'InvalidParameter'],
  OverLimit: [403, `${SQS}OverLimit`, 'OverLimit', 'Throttled'],
  QueueDoesNotExist: [400, `${SQS}QueueDoesNotExist`, `${LEGACY}NonExistentQueue`, 'NotFound'],
  QueueNameExists: [400, `${SQS}QueueNameExists`, 'QueueAlreadyExists', 'InvalidParameter'],
  ReceiptHandleIsInvalid: [400, `${SQS}ReceiptHandleIsInvalid`, 'ReceiptHandleIsInvalid', 'InvalidParameter'],
  RequestEntityTooLarge: [
    413,
    `${CORAL}RequestEntityTooLargeException`,
    'RequestEntityTooLarge',
    'RequestEntityTooLarge',
  ],
  ResourceDoesNotExist: [404, `${SQS}ResourceNotFoundException`, 'ResourceNotFoundException', 'NotFound'],
  ServiceUnavailable: [503, `${CORAL}ServiceUnavailableException`, 'ServiceUnavailable', 'ServiceUnavailable'],
  SignatureDoesNotMatch: [403, `${CORAL}InvalidSignatureException`, 'SignatureDoesNotMatch', 'SignatureDoesNotMatch'],
  TooManyEntriesInBatchRequest: [
    400,
    `${SQS}TooManyEntriesInBatchRequest`,
    `${LEGACY}TooManyEntriesInBatchRequest`,
    'TooManyEntriesInBatchRequest',
  ],
};

const OF_REASON: Readonly<Record<BusErrorReason, FailureName>> = {
  'queue-missing': 'QueueDoesNotExist',
  'queue-exists': 'QueueNameExists',
  'topic-missing': 'ResourceDoesNotExist',
  'topic-exists': 'InvalidParameterValue',
  'subscription-missing': 'ResourceDoesNotExist',
  'resource-missing': 'ResourceDoesNotExist',
  value: 'InvalidParameterValue',
  'attribute-name': 'InvalidAttributeName',
  'attribute-value': 'InvalidAttributeValue',
  'parameter-missing': 'MissingParameter',
  'message-too-long': 'InvalidParameterValue',
  'message-characters': 'InvalidMessageContents',
  'receipt-handle': 'ReceiptHandleIsInvalid',
  'receipt-handle-expired': 'InvalidParameterValue',
  'not-in-flight': 'MessageNotInflight',
  'too-many-in-flight': 'OverLimit',
  'filter-policy': 'InvalidParameterValue',
};

const OF_CODE: Readonly<Record<ErrorCode, FailureName>> = {
  'invalid-argument': 'InvalidParameterValue',
  unsupported: 'InvalidAction',
  'not-found': 'ResourceDoesNotExist',
  'already-exists': 'InvalidParameterValue',
  conflict: 'InvalidParameterValue',
  forbidden: 'AccessDenied',
  unauthenticated: 'SignatureDoesNotMatch',
  'limit-exceeded': 'OverLimit',
  unavailable: 'ServiceUnavailable',
  timeout: 'ServiceUnavailable',
  cancelled: 'ServiceUnavailable',
  corrupt: 'InternalFailure',
  internal: 'InternalFailure',
};

/** An error of the API itself; its name stands as `failure` in the detail. */
export function failure(name: FailureName, message: string): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { failure: name } });
}

/** How any error looks on the wire; what is no DaybookError is a fault of ours and keeps its message to itself. */
export function describeFailure(error: unknown): Failure & { readonly message: string; readonly senderFault: boolean } {
  const name = failureNameOf(error);
  const [status, type, sqsCode, snsCode] = FAILURES[name];
  const message =
    isDaybookError(error) && name !== 'InternalFailure'
      ? error.message
      : 'The request failed because of an internal error.';
  return { status, type, sqsCode, snsCode, message, senderFault: status < 500 };
}

function failureNameOf(error: unknown): FailureName {
  if (!isDaybookError(error)) return 'InternalFailure';
  const { failure: own, reason } = error.detail;
  if (typeof own === 'string' && own in FAILURES) return own as FailureName;
  if (typeof reason === 'string' && reason in OF_REASON) return OF_REASON[reason as BusErrorReason];
  return OF_CODE[error.code];
}
