import { DaybookError } from '@daybook/errors';
import { showValue } from '../http/show-value.ts';

const RFC_3339 = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/i;

/**
 * Reads the query parameter `datetime` (OGC API – Features Part 1, section 7.15.3): a time, or an interval of two that may be open at one end by `..`
 * or nothing. Bounds are counted in.
 */
export function parseDatetime(datetime: string): { readonly from?: string; readonly to?: string } {
  const parts = datetime.split('/');
  if (parts.length > 2) throw invalid(datetime);
  const [from, to] = parts.map((part) => bound(part, datetime));
  if (parts.length === 1) return from === undefined ? {} : { from, to: from };
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function bound(part: string, datetime: string): string | undefined {
  if (part === '..' || part === '') return undefined;
  if (!RFC_3339.test(part) || Number.isNaN(Date.parse(part))) throw invalid(datetime);
  return new Date(part).toISOString();
}

function invalid(datetime: string): DaybookError {
  return new DaybookError(
    'invalid-argument',
    `query parameter datetime must be a time such as 2016-01-14T08:00:00Z or an interval of two, not ${showValue(datetime)}`,
  );
}
