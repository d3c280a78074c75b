import { DaybookError } from '@daybook/errors';
import type { ValueFormatter } from '../mapping/field-type.ts';

const PATTERN = /^((?:'[^']*'|[^#0,.'])*)([#0,]*)(?:\.([#0]*))?((?:'[^']*'|[^#0,.'])*)$/;

/** A formatter of numbers for a pattern of Java's DecimalFormat: `#,##0.00`, `0.0%`, `$0`. Throws `invalid-argument`. */
export function decimalFormatter(pattern: string): ValueFormatter {
  if (pattern === '') return (value) => allDigits(value as number);
  const positive = pattern.split(';')[0]!;
  const match = PATTERN.exec(positive);
  if (match === null) {
    throw new DaybookError('invalid-argument', `Malformed pattern "${pattern}"`, {
      detail: { reason: 'illegal_argument_exception' },
    });
  }
  const [, prefix = '', whole = '', fraction = '', suffix = ''] = match;
  const comma = whole.lastIndexOf(',');
  const grouping = comma < 0 ? 0 : whole.length - comma - 1;
  const minWhole = [...whole].filter((letter) => letter === '0').length;
  const minFraction = [...fraction].filter((letter) => letter === '0').length;
  const scale = /%/.test(prefix + suffix) ? 100 : 1;
  const unquoted = (text: string): string => text.replaceAll("'", '');
  return (value) => {
    const number = (value as number) * scale;
    const magnitude = halfEven(Math.abs(number), fraction.length);
    const [digits = '0', decimals = ''] = magnitude.split('.');
    const padded = (digits === '0' && minWhole === 0 ? '' : digits).padStart(minWhole, '0');
    const grouped = grouping === 0 ? padded : padded.replace(new RegExp(`\\B(?=(\\d{${grouping}})+$)`, 'g'), ',');
    const kept = trimZeros(decimals, minFraction);
    const body = kept === '' ? grouped : `${grouped}.${kept}`;
    return `${number < 0 ? '-' : ''}${unquoted(prefix)}${body === '' ? '0' : body}${unquoted(suffix)}`;
  };
}

/** Without a pattern: every digit, but no zero before the point. */
function allDigits(value: number): string {
  const text = value.toLocaleString('en', { useGrouping: false, maximumSignificantDigits: 17 });
  const shortest = /e/.test(String(value)) ? text : String(value);
  return shortest.replace(/^(-?)0\./, '$1.');
}

function trimZeros(decimals: string, atLeast: number): string {
  let end = decimals.length;
  while (end > atLeast && decimals[end - 1] === '0') end--;
  return decimals.slice(0, end);
}

/** Java rounds an exact half to the even neighbour; `toFixed` goes up. */
function halfEven(magnitude: number, places: number): string {
  const rounded = magnitude.toFixed(Math.min(places, 100));
  const scaled = magnitude * 10 ** places;
  if (scaled < 2 ** 52 && scaled - Math.floor(scaled) === 0.5) {
    const even = Math.floor(scaled) % 2 === 0 ? Math.floor(scaled) : Math.ceil(scaled);
    return (even / 10 ** places).toFixed(places);
  }
  return rounded;
}
