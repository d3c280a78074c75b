import { parseDateFormat, parseDateMath, parseTimeZone } from '@daybook/search-engine';
import { parseError } from '../errors/errors.ts';

const defaultPattern = 'uuuu.MM.dd';

/**
 * The name that an expression such as `<logs-{now/d{yyyy.MM|+02:00}}>` means now; any other name as it is. A backslash takes the meaning from the
 * character behind it. Throws `parse_exception`.
 */
export function resolveDateMathName(name: string, nowMs: number = Date.now()): string {
  if (!name.startsWith('<') || !name.endsWith('>')) return name;
  const text = name.slice(1, -1);
  const invalid = (why: string): Error => parseError(`invalid dynamic name expression [${text}>]. ${why}`);
  let resolved = '';
  /** What stands behind an open brace. */
  let placeholder: string | undefined;
  let isInFormat = false;
  for (let at = 0; at < text.length; at++) {
    const isEscaped = text[at] === '\\';
    if (isEscaped) at++;
    const character = text[at] ?? '';
    if (placeholder === undefined) {
      if (!isEscaped && character === '{') placeholder = '';
      else if (!isEscaped && character === '}') throw invalid(unescapedBrace(at + 1));
      else resolved += character;
    } else if (!isEscaped && character === '{') {
      if (isInFormat) throw invalid(`invalid character in placeholder at position [${at + 1}]`);
      isInFormat = true;
      placeholder += character;
    } else if (!isEscaped && character === '}' && !isInFormat) {
      resolved += resolvePlaceholder(placeholder, nowMs);
      placeholder = undefined;
    } else {
      if (!isEscaped && character === '}') isInFormat = false;
      placeholder += character;
    }
  }
  if (placeholder !== undefined) throw invalid('date math placeholder is open ended');
  if (resolved === '') throw parseError('nothing captured');
  return resolved;
}

/** A moment, and in braces behind it how it is written: the pattern, and a time zone behind a bar. */
function resolvePlaceholder(placeholder: string, nowMs: number): string {
  const start = placeholder.indexOf('{');
  const math = start < 0 ? placeholder : placeholder.slice(0, start);
  const invalid = (why: string): Error => parseError(`invalid dynamic name expression [${placeholder}]. ${why}`);
  if (start >= 0 && !placeholder.endsWith('}')) throw invalid('missing closing `}` for date math format');
  const format = start < 0 ? defaultPattern : placeholder.slice(start + 1, -1);
  if (format === '') throw invalid('missing date format');
  if (math === '') throw parseError('cannot parse empty date');
  const [pattern = '', zone] = format.split('|', 2);
  const timeZone = parseTimeZone(zone ?? 'UTC');
  const dateFormat = parseDateFormat(pattern);
  return dateFormat.print(parseDateMath(math, dateFormat, { nowMs, roundUp: false, timeZone }), timeZone);
}

function unescapedBrace(position: number): string {
  return (
    `invalid character at position [${position}]. \`{\` and \`}\` are reserved characters and should be escaped when used as ` +
    'part of the index name using `\\` (e.g. `\\{text\\}`)'
  );
}
