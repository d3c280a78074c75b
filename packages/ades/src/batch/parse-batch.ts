import { DaybookError, isDaybookError } from '@daybook/errors';
import { parseJson } from '../http/parse-json.ts';
import { showValue } from '../http/show-value.ts';

/** Most items of one batch. */
export const MAX_BATCH_ITEMS = 10_000;

/** Most lines of one batch, empty ones included. */
const MAX_LINES = 100_000;

/** One item as it was sent. */
export interface BatchEntry {
  /** Its number in the body, from 1: of the item in an array, or of the line. */
  readonly line: number;
  readonly value: unknown;
}

/** The items of a JSON array. Throws `invalid-argument` for anything else, and for more items than a batch may have. */
export function parseBatchArray(body: unknown): readonly BatchEntry[] {
  if (!Array.isArray(body)) {
    throw new DaybookError(
      'invalid-argument',
      `The body must be an array of execute bodies, or application/x-ndjson with one a line, not ${showValue(body)}`,
    );
  }
  return checked(body.map((value, index) => ({ line: index + 1, value })));
}

/** The items of a body with one JSON value a line; empty lines are none. Throws `invalid-argument`, naming the line, for one that is no JSON. */
export function parseBatchLines(body: string): readonly BatchEntry[] {
  const filled: { readonly line: number; readonly text: string }[] = [];
  let start = 0;
  // Line by line, as a long body of empty ones would be far longer as a list.
  for (let line = 1; start <= body.length; line += 1) {
    if (line > MAX_LINES) throw new DaybookError('invalid-argument', `A batch must have at most ${MAX_LINES} lines`);
    const newline = body.indexOf('\n', start);
    const text = body.slice(start, newline === -1 ? body.length : newline);
    if (text.trim() !== '') filled.push({ line, text });
    start = newline === -1 ? body.length + 1 : newline + 1;
  }
  return checked(filled).map(({ line, text }) => ({ line, value: parseLine(line, text) }));
}

function parseLine(line: number, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (!isDaybookError(error)) throw error;
    throw new DaybookError(error.code, `Line ${line}: ${error.message.replace('The body', 'it')}`, { cause: error });
  }
}

function checked<T>(items: readonly T[]): readonly T[] {
  if (items.length >= 1 && items.length <= MAX_BATCH_ITEMS) return items;
  throw new DaybookError('invalid-argument', `A batch must have 1 to ${MAX_BATCH_ITEMS} items, not ${items.length}`);
}
