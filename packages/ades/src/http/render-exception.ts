import { STATUS_CODES } from 'node:http';
import { type DaybookError, type ErrorCode, isDaybookError } from '@daybook/errors';
import { EXCEPTIONS, type ExceptionName } from './exception.ts';

/** An exception as OGC API – Processes words it (after RFC 7807), without null members. */
export interface ExceptionBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

const STATUS_OF: Readonly<Record<ErrorCode, number>> = {
  'invalid-argument': 400,
  unsupported: 501,
  'not-found': 404,
  'already-exists': 409,
  conflict: 409,
  forbidden: 403,
  unauthenticated: 401,
  'limit-exceeded': 429,
  unavailable: 503,
  timeout: 504,
  cancelled: 503,
  corrupt: 500,
  internal: 500,
};

/** What the caller is told of any error. Faults of ours show nothing of their inside. */
export function renderException(error: unknown): ExceptionBody {
  if (isDaybookError(error)) return renderDaybookError(error);
  const status = clientErrorStatus(error);
  return status === undefined ? hidden() : body('about:blank', status, error instanceof Error ? error.message : '');
}

function renderDaybookError(error: DaybookError): ExceptionBody {
  const name = error.detail.exception;
  if (typeof name === 'string' && Object.hasOwn(EXCEPTIONS, name)) {
    const { type, status } = EXCEPTIONS[name as ExceptionName];
    return body(type, status, error.message);
  }
  return error.code === 'internal' || error.code === 'corrupt'
    ? hidden()
    : body('about:blank', STATUS_OF[error.code], error.message);
}

/** The web framework's own refusals of a malformed request carry a status of 4xx; anything else is a bug. */
function clientErrorStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}

function hidden(): ExceptionBody {
  return body('about:blank', 500, 'The server made an error; its log has the reason');
}

function body(type: string, status: number, detail: string): ExceptionBody {
  return { type, title: STATUS_CODES[status] ?? 'Error', status, detail };
}
