import { DaybookError, isDaybookError } from '@daybook/errors';
import { showValue } from '../http/show-value.ts';

/** As Lucene's parser words it; the column counts the characters before the place, those of earlier lines too. */
const PLACE = /\bat line \d+, column (\d+)\b/;
/** Of what stands at the place, in characters. */
const SHOWN = 20;

/**
 * Does a search for a query that a caller sent. What the engine has against it is told as a fault of `name` — a query string with the place where it is wrong — and without the
 * request that was made of it.
 */
export async function explainingQuery<T>(name: string, query: unknown, search: () => Promise<T>): Promise<T> {
  try {
    return await search();
  } catch (error) {
    const reasons = isDaybookError(error, 'invalid-argument') ? error.detail.reasons : undefined;
    if (!Array.isArray(reasons) || reasons.length === 0) throw error;
    throw new DaybookError('invalid-argument', explain(name, query, reasons.map(String)), { cause: error });
  }
}

function explain(name: string, query: unknown, reasons: readonly string[]): string {
  const column = reasons.map((reason) => PLACE.exec(reason)?.[1]).find((found) => found !== undefined);
  if (typeof query !== 'string') return `${name} is not taken: ${reasons.map(firstLine).join(': ')}`;
  const what = column === undefined ? firstLine(reasons.at(-1)!) : fault(query, Number(column));
  return `${name} must be a query string of Lucene, not ${showValue(query)}: ${what}`;
}

function fault(query: string, column: number): string {
  if (column >= query.length) return `it ends too early, after character ${query.length}`;
  return `${showValue(query.slice(column, column + SHOWN))} is not expected there, from character ${column + 1} on`;
}

/** Engines list what they expected in the lines below. */
function firstLine(reason: string): string {
  return reason.split('\n', 1)[0]!;
}
