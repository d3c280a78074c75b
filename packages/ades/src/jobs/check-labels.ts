import { DaybookError } from '@daybook/errors';

/** Most labels of a job, and most characters of one: an engine's keyword ends at 32,766 bytes. */
export const MAX_LABELS = 1_000;
const MAX_LABEL_LENGTH = 1_024;

/** Throws `invalid-argument` for more or longer labels than a job may have; `what` names them in the message. */
export function checkLabels(labels: readonly string[], what = 'labels'): void {
  if (labels.length > MAX_LABELS) {
    throw new DaybookError('invalid-argument', `${what} must be at most ${MAX_LABELS} strings, not ${labels.length}`);
  }
  const long = labels.findIndex((label) => label.length > MAX_LABEL_LENGTH);
  if (long !== -1) {
    throw new DaybookError(
      'invalid-argument',
      `${what}[${long}] must be at most ${MAX_LABEL_LENGTH} characters, not ${labels[long]!.length}`,
    );
  }
}
