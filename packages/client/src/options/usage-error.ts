import { DaybookError } from '@daybook/errors';

/** The command line says something that it cannot say; the exit code tells this from what the ADES refuses. */
export function usageError(message: string): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { isUsage: true } });
}
