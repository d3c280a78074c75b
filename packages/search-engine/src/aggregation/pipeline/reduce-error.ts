import { DaybookError } from '@daybook/errors';

/** What a pipeline cannot compute from results; it belongs to no index, which `detail.phase` says. */
export function reduceError(
  message: string,
  reason:
    | 'aggregation_execution_exception'
    | 'illegal_argument_exception'
    | 'number_format_exception'
    | 'class_cast_exception' = 'aggregation_execution_exception',
): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { reason, phase: 'reduce' } });
}
