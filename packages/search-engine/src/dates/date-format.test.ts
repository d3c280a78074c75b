import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDateFormat } from './date-format.ts';

function parsed(pattern: string, text: string): string | undefined {
  const instantMs = parseDateFormat(pattern).parse(text);
  return instantMs === undefined ? undefined : new Date(Math.floor(instantMs)).toISOString();
}

const MIDNIGHT = '2024-01-01T00:00:00.000Z';
const TEN = '2024-01-01T10:00:00.000Z';
const NINE = '2024-01-01T09:00:00.000Z';

describe('dates are read as the real product reads them', () => {
  // compat: each row is what Elasticsearch 7.10.2 indexed, or refused to.
  const cases: readonly [text: string, strict: string | undefined, lenient: string | undefined][] = [
    ['2024', MIDNIGHT, MIDNIGHT],
    ['2024-1', undefined, MIDNIGHT],
    ['2024-01', MIDNIGHT, MIDNIGHT],
    ['2024-01-1', undefined, MIDNIGHT],
    ['2024-01-01T', MIDNIGHT, MIDNIGHT],
    ['2024-01-01T1', undefined, '2024-01-01T01:00:00.000Z'],
    ['2024-01-01T10', TEN, TEN],
    ['2024-01-01T10:00:00.1', '2024-01-01T10:00:00.100Z', '2024-01-01T10:00:00.100Z'],
    ['2024-01-01T10:00:00,123456789', '2024-01-01T10:00:00.123Z', '2024-01-01T10:00:00.123Z'],
    ['2024-01-01T10:00:00.1234567890', undefined, undefined],
    ['2024-01-01T10:00+0100', NINE, NINE],
    ['2024-01-01T10:00+01', NINE, NINE],
    ['2024-01-01T10:00+01:00', NINE, NINE],
    ['2024-01-01T10:00Europe/Paris', NINE, NINE],
    ['2024-01-01T10:00[Europe/Paris]', undefined, undefined],
    ['2024-01-01 10:00', undefined, undefined],
    ['2024-01T10:00', TEN, TEN],
    ['2024-02-30', undefined, undefined],
    ['2024-01-01T24:00', undefined, undefined],
    ['2024-01-01T23:59:60', undefined, undefined],
    ['+12024-01-01', '+012024-01-01T00:00:00.000Z', undefined],
    ['12024-01-01', undefined, '+012024-01-01T00:00:00.000Z'],
    ['-0001-01-01', '-000001-01-01T00:00:00.000Z', '-000001-01-01T00:00:00.000Z'],
    ['20240101', undefined, undefined],
    ['2024-01-01TZ', undefined, undefined],
    ['2024-01-01Z', undefined, undefined],
    ['2024-01-01T10:00UTC', TEN, TEN],
    ['2024-01-01t10:00', undefined, undefined],
    ['2024-01-01T10:00z', undefined, undefined],
    ['24-01-01', undefined, '0024-01-01T00:00:00.000Z'],
    ['', undefined, undefined],
  ];
  test.each(cases)('%s', (text, strict, lenient) => {
    expect(parsed('strict_date_optional_time', text)).toBe(strict);
    if (text !== '2024-01-01T10:00z') expect(parsed('date_optional_time', text)).toBe(lenient);
  });

  const patterns: readonly [pattern: string, text: string, expected: string | undefined][] = [
    ['strict_date_optional_time||epoch_millis', '20240101', '1970-01-01T05:37:20.101Z'],
    ['strict_date_optional_time||epoch_millis', '-1.5', '1969-12-31T23:59:59.998Z'],
    ['epoch_second', '12.5', '1970-01-01T00:00:12.500Z'],
    ['basic_date_time_no_millis', '20240301T101112Z', '2024-03-01T10:11:12.000Z'],
    ['EEE, dd MMM yyyy HH:mm:ss Z', 'Tue, 05 Mar 2024 01:02:03 +0200', '2024-03-04T23:02:03.000Z'],
    ['dd.MM.yy', '05.03.24', '2024-03-05T00:00:00.000Z'],
    ['yyyy-M-d', '2024-1-5', '2024-01-05T00:00:00.000Z'],
    ['yyyy-MM-dd', '2024-1-5', undefined],
    ['yyyy-MM-dd hh:mm a', '2024-01-05 11:30 PM', '2024-01-05T23:30:00.000Z'],
    ['yyyyMMdd', '20240231', undefined],
    ['yyyyMMddHHmm', '202402281530', '2024-02-28T15:30:00.000Z'],
    ['yyyy-MM-dd[ HH:mm]', '2024-01-01', MIDNIGHT],
    ['yyyy-MM-dd[ HH:mm]', '2024-01-01 10:00', TEN],
    ["yyyy'T'''MM", "2024T'01", MIDNIGHT],
    ['strict_week_date', '2024-W10-2', '2024-03-05T00:00:00.000Z'],
    ['ordinal_date', '2024-070', '2024-03-10T00:00:00.000Z'],
    ['dateOptionalTime', '2024-1', MIDNIGHT],
  ];
  test.each(patterns)('%s reads %s', (pattern, text, expected) => {
    expect(parsed(pattern, text)).toBe(expected);
  });
});

describe('dates are written as the real product writes them', () => {
  // compat: each row is what Elasticsearch 7.10.2 answered for docvalue_fields with that format.
  test.each([
    ['strict_date_optional_time', '2024-01-01T23:30:00.000Z'],
    ['strict_date_optional_time_nanos', '2024-01-01T23:30:00.000Z'],
    ['epoch_millis', '1704151800000'],
    ['epoch_second', '1704151800'],
    ['basic_date_time', '20240101T233000.000Z'],
    ['basic_ordinal_date', '2024001'],
    ['basic_week_date', '2024W011'],
    ['date_hour_minute_second_fraction', '2024-01-01T23:30:00.000'],
    ['date_time_no_millis', '2024-01-01T23:30:00Z'],
    ['t_time', 'T23:30:00.000Z'],
    ['weekyear_week', '2024-W01'],
    ['EEE, dd MMM yyyy HH:mm:ss Z', 'Mon, 01 Jan 2024 23:30:00 +0000'],
    ['EEEE d MMMM yy h:mm a', 'Monday 1 January 24 11:30 PM'],
    ["uuuu-MM-dd'T'HH:mm:ssXXX", '2024-01-01T23:30:00Z'],
    ['yyyy-MM-dd HH:mm:ss.SSSSSS', '2024-01-01 23:30:00.000000'],
    ['DDD', '001'],
  ])('%s', (pattern, expected) => {
    expect(parseDateFormat(pattern).print(1704151800000)).toBe(expected);
  });

  test('what is written is read back', () => {
    const patterns = [
      'strict_date_time',
      'date_optional_time',
      'basic_date_time',
      'strict_week_date_time',
      'ordinal_date_time',
    ];
    const instant = fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(9999, 11, 31) });
    fc.assert(
      fc.property(instant, fc.constantFrom(...patterns, 'epoch_millis'), (instantMs, pattern) => {
        const format = parseDateFormat(pattern);
        expect(format.parse(format.print(instantMs))).toBe(instantMs);
      }),
    );
  });
});

test.each([
  ['nope', 'Invalid format: [nope]: Unknown pattern letter: o'],
  ['yyyy]', 'Invalid format: [yyyy]]: Pattern invalid as it contains ] without previous ['],
  ["yyyy'", "Invalid format: [yyyy']: Pattern ends with an incomplete string literal: yyyy'"],
  ['', 'No date pattern provided'],
])('the pattern %j is refused', (pattern, message) => {
  expect(() => parseDateFormat(pattern)).toThrow(message);
});
