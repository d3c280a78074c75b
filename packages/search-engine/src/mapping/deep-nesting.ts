import { mapperParsingError } from './mapping-errors.ts';

/**
 * Runs a reader that goes down a client's JSON by calling itself, and refuses JSON that is nested deeper than the stack bears. The reader must not
 * change anything that outlives it.
 */
export function refusingDeepNesting<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    // The one RangeError of the platform that such a reader can meet; a check at each step would cost every document.
    if (!(error instanceof RangeError)) throw error;
    throw mapperParsingError('failed to parse', {
      type: 'illegal_argument_exception',
      reason: 'the JSON is nested too deeply',
    });
  }
}
