import { describe, expect, test } from 'vitest';
import type { RangeQuery } from '../../../query/query.ts';
import type { FieldType } from '../../field-type.ts';
import { parseDocument } from '../../parse-document.ts';
import { parseMapping } from '../../parse-mapping.ts';

const mapping = parseMapping({
  properties: {
    i: { type: 'integer_range', store: true },
    l: { type: 'long_range' },
    f: { type: 'float_range' },
    d: { type: 'date_range' },
    ip: { type: 'ip_range' },
    strict: { type: 'long_range', coerce: false },
    copied: { type: 'integer_range', copy_to: 'i' },
  },
});

function field(path: string): FieldType {
  return mapping.field(path)!;
}

/** The bounds of a document's ranges, as their type writes them. */
function rangesOf(path: string, value: unknown): readonly string[] {
  const values = parseDocument(mapping, { id: '1', source: { [path]: value } }).values.get(path);
  if (values?.form !== 'range') return [];
  return values.values.map((key) => field(path).range!.kind.text(key));
}

const MAX_LONG = '9223372036854775807';

describe('documents', () => {
  test.each([
    ['i', { gte: 1, lt: 5 }, ['1', '4']],
    ['i', { gt: '1.9', lte: 5.7 }, ['2', '5']],
    ['i', { gte: null, lte: 3 }, ['-2147483648', '3']],
    ['i', {}, ['-2147483648', '2147483647']],
    ['i', { gte: 1, gt: 5, lte: 10 }, ['6', '10']],
    ['i', [{ gte: 1, lte: 2 }, null, [{ gte: 8, lte: 9 }]], ['1', '2', '8', '9']],
    ['i', { gt: 2147483647 }, ['-2147483648', '2147483647']],
    ['l', { gte: '9007199254740993', lt: '9007199254740997' }, ['9007199254740993', '9007199254740996']],
    ['l', { gte: '1e3', lte: 2 ** 63 }, ['1000', MAX_LONG]],
    ['l', { gte: '-0.0001e4', lte: '1234567.89e-3' }, ['-1', '1234']],
    ['f', { gt: 0.5, lte: '1' }, ['0.50000006', '1.0']],
    ['f', { gte: 0, lte: -0 }, ['0.0', '-0.0']],
    ['f', { lte: 3 }, ['-Infinity', '3.0']],
    ['d', { gte: '2020-01-01', lt: '2020-01-02' }, ['1577836800000', '1577923199999']],
    ['d', { gte: '2020-01-15||/M', lte: '2020-01-31||/M+1d' }, ['1577836800000', '1577923200000']],
    ['d', { gt: '2020' }, ['1577836800001', MAX_LONG]],
    ['ip', '10.0.0.7/24', ['10.0.0.0', '10.0.0.255']],
    ['ip', { gt: '10.0.0.1', lt: '10.0.0.3' }, ['10.0.0.2', '10.0.0.2']],
    ['ip', '2001:db8::/32', ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff']],
    ['ip', { gte: null }, ['::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff']],
    ['i', null, []],
    ['i', [], []],
  ])('%s of %j holds its ends', (path, value, expected) => {
    expect(rangesOf(path, value)).toEqual(expected);
  });

  test.each([
    ['i', { gte: 5, lte: 1 }, 'null', 'min value (5) is greater than max value (1)'],
    ['i', { gt: 4, lt: 5 }, 'null', 'min value (5) is greater than max value (4)'],
    ['i', 5, '5', 'error parsing field [i], expected an object but got i'],
    ['i', { gte: 1, x: [2] }, '[2]', 'error parsing field [i], with unknown parameter [x]'],
    ['i', { gte: 'a' }, 'a', 'For input string: "a"'],
    ['i', { gte: '3000000000' }, '3000000000', 'Value [3000000000] is out of range for an integer'],
    ['i', { gte: true }, 'true', 'Current token (VALUE_TRUE) not numeric, can not use numeric value accessors'],
    [
      'l',
      { gte: '9223372036854775808' },
      '9223372036854775808',
      'Value [9223372036854775808] is out of range for a long',
    ],
    ['l', { gte: '1e999999999' }, '1e999999999', 'Value [1e999999999] is out of range for a long'],
    ['l', { gte: ' 5' }, ' 5', 'For input string: " 5"'],
    ['strict', { gte: '1' }, '1', 'Long value passed as String'],
    ['strict', { gte: 1.5 }, '1.5', '1.5 cannot be converted to Long without data loss'],
    ['f', { gte: 1e39 }, '1.0E39', '[float] supports only finite values, but got [Infinity]'],
    ['f', { gt: 1, lt: 1 }, 'null', 'min value (1.0000001) is greater than max value (0.99999994)'],
    ['d', { gte: 'now-1d' }, 'now-1d', 'could not read the current timestamp'],
    ['d', { gte: '' }, '', 'cannot parse empty date'],
    ['d', '2020-01-01', '2020-01-01', 'error parsing field [d], expected an object but got d'],
    ['ip', '10.0.0.1', '10.0.0.1', 'Expected [ip/prefix] but was [10.0.0.1]'],
    [
      'ip',
      '10.0.0.0/33',
      '10.0.0.0/33',
      'Illegal prefix length [33] in [10.0.0.0/33]. Must be 0-32 for IPv4 ranges, 0-128 for IPv6 ranges',
    ],
    [
      'ip',
      { gte: '10.0.0.9', lte: '10.0.0.1' },
      'null',
      'min value cannot be greater than max value for InetAddressRange field',
    ],
  ])('%s of %j is refused with what is wrong', (path, value, preview, reason) => {
    expect(() => rangesOf(path, value)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/document with id '1'\. Preview of field's value: '/),
        detail: expect.objectContaining({ causedBy: expect.objectContaining({ reason }) }),
      }),
    );
    expect(() => rangesOf(path, value)).toThrow(`Preview of field's value: '${preview}'`);
  });

  test('a range is not copied, since its object has been read', () => {
    expect(() => rangesOf('copied', { gte: 1, lte: 2 })).toThrow(
      expect.objectContaining({
        detail: expect.objectContaining({
          causedBy: {
            type: 'mapper_parsing_exception',
            reason: 'error parsing field [i], expected an object but got copied',
          },
        }),
      }),
    );
  });
});

describe('queries', () => {
  const asked = (path: string, bounds: Partial<RangeQuery>): unknown => {
    const condition = field(path).rangeCondition({ type: 'range', field: path, ...bounds }, { nowMs: 0 });
    if (condition.type !== 'relation') return condition.type;
    const { text } = field(path).range!.kind;
    return [condition.relation, text(condition.lowest), text(condition.highest)];
  };

  test.each([
    ['i', { gte: 1, lt: 5 }, ['intersects', '1', '4']],
    ['i', { relation: 'within', gt: 5 } as const, ['within', '6', '2147483647']],
    ['i', { gt: 2147483647 }, ['intersects', '-2147483648', '2147483647']],
    ['i', { gt: 3, lt: 4 }, 'none'],
    ['l', { gte: '9007199254740993', lte: '9007199254740993' }, ['intersects', '9007199254740993', '9007199254740993']],
    ['f', { gt: 1, lt: 1 }, 'none'],
    ['d', { gt: '2020-01-31||/M', lte: '2020-02-01' }, ['intersects', '1580515200000', '1580601599999']],
    ['d', { gte: '2020-02', lte: '2020-02-01', timeZone: '+01:00' }, ['intersects', '1580511600000', '1580597999999']],
    ['ip', { gt: '10.0.0.1' }, ['intersects', '10.0.0.2', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff']],
  ])('%s asked for %j', (path, bounds, expected) => {
    expect(asked(path, bounds)).toEqual(expected);
  });

  test.each([
    ['i', { gte: 5, lte: 3 }, 'Range query `from` value (5) is greater than `to` value (3)'],
    [
      'ip',
      { gte: '10.0.0.9', lte: '10.0.0.1' },
      'Range query `from` value (/10.0.0.9) is greater than `to` value (/10.0.0.1)',
    ],
    ['i', { gte: 1.5 }, 'Value [1.5] has a decimal part'],
    ['i', { gte: '1.5' }, 'Value [[31 2e 35]] has a decimal part'],
    ['i', { gte: 3e9 }, 'Value [3000000000] is out of range for an integer'],
    ['l', { gte: 'x' }, 'For input string: "x"'],
    ['ip', { gte: '10.0.0.0/24' }, "'10.0.0.0/24' is not an IP string literal."],
  ])('%s asked for %j is refused', (path, bounds, message) => {
    expect(() => asked(path, bounds)).toThrow(message);
  });
});

test('a stored range shows the bounds that were given', () => {
  const { range } = field('i');
  expect(range?.storedText({ gt: 1, lt: 9 })).toBe('(1 : 9)');
  expect(range?.storedText({ gt: null, lte: 3 })).toBe('(-2147483648 : 3]');
  expect(field('ip').range?.storedText('10.0.0.7/24')).toBe('[10.0.0.0 : 10.0.0.255]');
});

test('a mapping refuses what ranges do not take', () => {
  const typed = (parameters: object) => () =>
    parseMapping({ properties: { x: { type: 'long_range', ...parameters } } });
  expect(typed({ ignore_malformed: true })).toThrow(
    'unknown parameter [ignore_malformed] on mapper [x] of type [long_range]',
  );
  expect(typed({ format: 'yyyy' })).toThrow(
    'field [x] of type [range] should not define a dateTimeFormatter unless it is a DATE type',
  );
});
