import { DaybookError } from '@daybook/errors';

/** A request that an aggregation cannot serve; `reason` is the wire's error type. */
export function aggregationError(
  message: string,
  reason:
    | 'illegal_argument_exception'
    | 'aggregation_execution_exception'
    | 'number_format_exception'
    | 'unsupported_aggregation'
    | 'action_request_validation_exception' = 'illegal_argument_exception',
): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { reason } });
}
