import { DaybookError } from '@daybook/errors';

/**
 * How many of `count` optional clauses have to match by a specification such as `2`, `-1`, `75%`, `-25%`, `3<90%` or `2<-25% 9<-3`
 * (Elasticsearch reference, "minimum_should_match").
 */
export function minimumShouldMatch(specification: string, count: number): number {
  const trimmed = specification.trim();
  if (!trimmed.includes('<')) return Math.max(0, simple(trimmed, count, specification));
  let result = count;
  for (const condition of trimmed.replace(/\s*<\s*/g, '<').split(/\s+/)) {
    const [bound = '', then = ''] = condition.split('<');
    if (count <= wholeNumber(bound, specification)) return result;
    result = minimumShouldMatch(then, count);
  }
  return result;
}

function simple(text: string, count: number, specification: string): number {
  if (text.endsWith('%')) {
    const percent = wholeNumber(text.slice(0, -1), specification);
    const share = Math.trunc((count * percent) / 100);
    return percent < 0 ? count + share : share;
  }
  const number = wholeNumber(text, specification);
  return number < 0 ? count + number : number;
}

function wholeNumber(text: string, specification: string): number {
  if (/^[+-]?\d{1,9}$/.test(text)) return Number(text);
  throw new DaybookError(
    'invalid-argument',
    `[minimum_should_match] is [${specification}]; expected a number, a percentage, or conditions such as 3<90%`,
    { detail: { reason: 'number_format_exception' } },
  );
}
