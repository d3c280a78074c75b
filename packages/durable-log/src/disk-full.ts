import { DaybookError, isDaybookError } from '@daybook/errors';

/** What the operating system says when there is no room: of the device, or of the user's quota. */
const CODES: readonly unknown[] = ['ENOSPC', 'EDQUOT'];

/** Whether an error says that something could not be written for want of room, and can be once there is some. */
export function isDiskFull(error: unknown): error is DaybookError {
  return isDaybookError(error, 'unavailable') && error.detail.diskFull === true;
}

/** The error of the operating system for want of room as one of which {@link isDiskFull} is true; any other as it is. */
export function asDiskFull(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && CODES.includes(error.code))) return error;
  return new DaybookError('unavailable', `the disk is full, nothing is written until there is room: ${error.message}`, {
    detail: { diskFull: true },
    cause: error,
  });
}

/** Runs a step that takes room and can be repeated, as a sync cannot: what a failed one leaves on the disk is not known. */
export function takeRoom(step: () => void): void {
  try {
    step();
  } catch (error) {
    throw asDiskFull(error);
  }
}
