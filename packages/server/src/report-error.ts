import { EXIT, exitCodeOf } from '@daybook/client';
import { isDaybookError } from '@daybook/errors';
import { interruption } from './client-process.ts';

/** Says in one line what a command failed by, a fault of ours with its stack, and gives the exit code. */
export function reportError(error: unknown): number {
  if (interruption.aborted) return EXIT.interrupted;
  const isForPerson = isDaybookError(error) || isSystemError(error);
  console.error(isForPerson ? `daybook: ${error.message}` : error);
  return exitCodeOf(error);
}

/** Whether the operating system said no, as to a port that is in use; its message names what and where. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
