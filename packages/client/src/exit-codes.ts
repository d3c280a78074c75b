import { isDaybookError } from '@daybook/errors';

/** What the program's exit code says. */
export const EXIT = {
  /** A job failed, or something was refused or went wrong. */
  failure: 1,
  /** A wait reached its limit. */
  timeout: 2,
  /** The ADES cannot be reached, or was busy for too long. */
  unavailable: 3,
  /** The command line is wrong (EX_USAGE of sysexits.h). */
  usage: 64,
  /** Ctrl-C: 128 and the number of the signal, as shells have it. */
  interrupted: 130,
  /** Whoever read the output is gone: likewise. */
  closedPipe: 141,
} as const;

/** The exit code of a command that threw `error`. */
export function exitCodeOf(error: unknown): number {
  if (isDaybookError(error) && error.detail.isUsage === true) return EXIT.usage;
  if (isDaybookError(error, 'timeout')) return EXIT.timeout;
  return isDaybookError(error, 'unavailable') ? EXIT.unavailable : EXIT.failure;
}
