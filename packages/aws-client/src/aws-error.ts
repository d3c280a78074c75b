import { codeOfStatus, DaybookError, type ErrorCode } from '@daybook/errors';

/** An error as a service answered it. */
export interface AwsErrorAnswer {
  readonly status: number;
  /** AWS's code, with or without its namespace: `QueueDoesNotExist`, `AWS.SimpleQueueService.NonExistentQueue`. */
  readonly code: string;
  readonly message: string;
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  QueueDoesNotExist: 'not-found',
  NonExistentQueue: 'not-found',
  NotFound: 'not-found',
  ResourceNotFound: 'not-found',
  NoSuchBucket: 'not-found',
  NoSuchKey: 'not-found',
  NoSuchUpload: 'not-found',
  PreconditionFailed: 'already-exists',
  QueueNameExists: 'already-exists',
  QueueAlreadyExists: 'already-exists',
  QueueDeletedRecently: 'unavailable',
  PurgeQueueInProgress: 'unavailable',
  ConditionalRequestConflict: 'unavailable',
  OperationAborted: 'unavailable',
  RequestTimeout: 'unavailable',
  MessageNotInflight: 'conflict',
  OverLimit: 'limit-exceeded',
  TopicLimitExceeded: 'limit-exceeded',
  SubscriptionLimitExceeded: 'limit-exceeded',
  UnsupportedOperation: 'unsupported',
  InvalidAction: 'unsupported',
  UnknownOperation: 'unsupported',
  AccessDenied: 'forbidden',
  AuthorizationError: 'forbidden',
  ExpiredToken: 'unauthenticated',
  IncompleteSignature: 'unauthenticated',
  InvalidAccessKeyId: 'unauthenticated',
  InvalidClientTokenId: 'unauthenticated',
  InvalidSecurity: 'unauthenticated',
  InvalidSignature: 'unauthenticated',
  MissingAuthenticationToken: 'unauthenticated',
  SignatureDoesNotMatch: 'unauthenticated',
  UnrecognizedClient: 'unauthenticated',
  RequestExpired: 'unauthenticated',
};

/** The error that a service's answer means; the detail holds `awsCode`, `status`, `service` and `action`. */
export function fromAwsError(answer: AwsErrorAnswer, call: { service: string; action: string }): DaybookError {
  const name = answer.code.replace(/^.*[#.]/, '').replace(/Exception$/, '');
  return new DaybookError(
    codeOf(name, answer.status),
    `${call.service} ${call.action}: ${answer.message || answer.code}`,
    {
      detail: { ...call, awsCode: name, status: answer.status },
    },
  );
}

function codeOf(name: string, status: number): ErrorCode {
  const known = CODES[name];
  if (known !== undefined) return known;
  return status >= 500 || /Throttl|TooManyRequests|SlowDown/.test(name) ? 'unavailable' : codeOfStatus(status);
}
