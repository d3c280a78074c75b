import { DaybookError, isDaybookError } from '@daybook/errors';

/** What lies under an error, in the wire's terms; stands in `detail.causedBy`. */
export interface ErrorCause {
  readonly type: string;
  readonly reason: string;
  readonly causedBy?: ErrorCause;
}

export type MappingErrorType =
  | 'mapper_parsing_exception'
  | 'strict_dynamic_mapping_exception'
  | 'illegal_argument_exception'
  | 'query_shard_exception';

/** An `invalid-argument` that a mapping or a document caused; `detail.reason` is the wire's type. */
export function mappingError(reason: MappingErrorType, message: string, causedBy?: ErrorCause): DaybookError {
  return new DaybookError('invalid-argument', message, {
    detail: causedBy === undefined ? { reason } : { reason, causedBy },
  });
}

/** A mistake in a mapping itself. */
export function mapperParsingError(message: string, causedBy?: ErrorCause): DaybookError {
  return mappingError('mapper_parsing_exception', message, causedBy);
}

/** A value of a document that a field type refuses; the reader of documents says which field and document it was. */
export function valueError(
  reason: string,
  options: { readonly type?: string; readonly causedBy?: ErrorCause } = {},
): DaybookError {
  return new DaybookError('invalid-argument', reason, {
    detail: {
      reason: options.type ?? 'illegal_argument_exception',
      ...(options.causedBy === undefined ? {} : { causedBy: options.causedBy }),
    },
  });
}

/** What is wrong with a value is wrong with a part of it. */
export class PartError extends DaybookError {
  readonly part: unknown;

  constructor(error: DaybookError, part: unknown) {
    super(error.code, error.message, { detail: error.detail });
    this.part = part;
  }
}

/** The error as a cause of another; anything but an `invalid-argument` is a fault of ours and is thrown on. */
export function causeOf(error: unknown): ErrorCause {
  if (!isDaybookError(error, 'invalid-argument')) throw error;
  const { reason, causedBy } = error.detail;
  return {
    type: typeof reason === 'string' ? reason : 'illegal_argument_exception',
    reason: error.message,
    ...(causedBy === undefined ? {} : { causedBy: causedBy as ErrorCause }),
  };
}
