import type { ErrorCode } from './error-code.ts';

/** Details that a protocol's edge may show: names and values, never secrets. */
export type ErrorDetail = Readonly<Record<string, unknown>>;

/**
 * The one error class that crosses package borders. The message is for the person who caused the error: it names the
 * value and what was expected. A protocol's own status or type is decided at that protocol's edge from `code` and `detail`.
 */
export class DaybookError extends Error {
  override readonly name = 'DaybookError';
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, message: string, options: { detail?: ErrorDetail; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.detail = options.detail ?? {};
  }
}

/** Whether `error` is a {@link DaybookError}, and of that code if one is given. */
export function isDaybookError(error: unknown, code?: ErrorCode): error is DaybookError {
  return error instanceof DaybookError && (code === undefined || error.code === code);
}
