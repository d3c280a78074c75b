import { DaybookError } from '@daybook/errors';

/** The error of what would take too much memory, told while documents are collected unless another phase is named. */
export function tooMuchData(message: string, phase = 'query'): DaybookError {
  return new DaybookError('limit-exceeded', `[request] Data too large, ${message}`, {
    detail: { reason: 'circuit_breaking_exception', phase },
  });
}

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
