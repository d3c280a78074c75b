import { createContext, Script } from 'node:vm';
import { DaybookError } from '@daybook/errors';

/** What a pattern may take for one text: far more than any that does not go back exponentially. */
const LIMIT_MS = 1000;

const context: { run?: () => unknown } = createContext({});
const script = new Script('run()');

/**
 * Runs a pattern of an index's settings over a text, and ends it when it takes longer than a second: JavaScript's patterns go back,
 * and one such as `(a+)+b` would keep everybody waiting. Costs a tenth of a millisecond, so only for what users wrote.
 */
export function withinTime<T>(pattern: RegExp, run: () => T): T {
  context.run = run;
  try {
    return script.runInContext(context as object, { timeout: LIMIT_MS }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new DaybookError(
      'invalid-argument',
      `the pattern [${pattern.source}] takes longer than [${LIMIT_MS}] ms for a text`,
      {
        detail: { reason: 'illegal_argument_exception' },
      },
    );
  } finally {
    delete context.run;
  }
}
