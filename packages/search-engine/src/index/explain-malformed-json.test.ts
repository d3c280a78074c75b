import { describe, expect, test } from 'vitest';
import { explainMalformedJson } from './explain-malformed-json.ts';

const ANY_VALUE = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** What Elasticsearch 7.10.2 says of each, without its own positions. */
const faults: readonly (readonly [text: string, reason: string, column: number])[] = [
  ['{"a":NaN}', "Non-standard token 'NaN': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow", 6],
  [
    '{"a":-Infinity}',
    "Non-standard token '-Infinity': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow",
    6,
  ],
  ['{"a":None}', `Unrecognized token 'None': was expecting ${ANY_VALUE}`, 6],
  ['{"a":1} x', `Unrecognized token 'x': was expecting ${ANY_VALUE}`, 9],
  ['{"a":1,}', "Unexpected character ('}' (code 125)): was expecting double-quote to start field name", 8],
  ["{'a':1}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name", 2],
  ['{"a" 1}', "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value", 6],
  ['{"a":1 "b":2}', "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries", 8],
  ['{"a":[1 2]}', "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", 9],
  ['{"a":12abc}', "Unexpected character ('a' (code 97)): was expecting comma to separate Object entries", 8],
  ['{"a":[1,]}', "Unexpected character (']' (code 93)): expected a value", 9],
  ['{"a":}', "Unexpected character ('}' (code 125)): expected a value", 6],
  ['{"a":.5}', `Unexpected character ('.' (code 46)): expected a valid value ${ANY_VALUE}`, 6],
  ['{"a":01}', 'Invalid numeric value: Leading zeroes not allowed', 8],
  [
    '{"a":-x}',
    "Unexpected character ('x' (code 120)) in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value",
    7,
  ],
  ['{"a":1.}', "Unexpected character ('}' (code 125)) in numeric value: Decimal point not followed by a digit", 8],
  ['{"a":1e}', "Unexpected character ('}' (code 125)) in numeric value: Exponent indicator not followed by a digit", 8],
  ['{"a":"\\x"}', "Unrecognized character escape 'x' (code 120)", 8],
  ['{"a":"\\u12zz"}', "Unexpected character ('z' (code 122)): expected a hex-digit for character escape sequence", 11],
  [
    '{"a":"\t"}',
    'Illegal unquoted character ((CTRL-CHAR, code 9)): has to be escaped using backslash to be included in string value',
    7,
  ],
];

const ends: readonly (readonly [text: string, reason: string])[] = [
  ['{"a":"b', 'Unexpected end-of-input in VALUE_STRING'],
  ['{"a', 'Unexpected end-of-input in field name'],
  ['{"a":', 'Unexpected end-of-input within/between Object entries'],
  ['{"a":1', 'Unexpected end-of-input: expected close marker for Object'],
  ['{"a":[', 'Unexpected end-of-input: expected close marker for Array'],
  ['{"a":"\\', 'Unexpected end-of-input in character escape sequence'],
];

function explain(text: string): { readonly type: string; readonly reason: string } {
  try {
    JSON.parse(text);
  } catch (error) {
    return explainMalformedJson(text, error) as { type: string; reason: string };
  }
  throw new Error(`${text} is JSON`);
}

describe('a text that is no JSON', () => {
  test.each(faults)('%s is explained as the real product explains it', (text, reason, column) => {
    expect(explain(text)).toEqual({
      type: 'json_parse_exception',
      reason: `${reason}\n at [line: 1, column: ${column}]`,
    });
  });

  test.each(ends)('%s ends too early', (text, reason) => {
    expect(explain(text)).toEqual({
      type: 'json_e_o_f_exception',
      reason: `${reason}\n at [line: 1, column: ${text.length + 1}]`,
    });
  });

  test.each([
    ['{"a":1}{"b":2}', 'START_OBJECT'],
    ['{"a":1} "x"', 'VALUE_STRING'],
    ['{"a":1} 5', 'VALUE_NUMBER'],
    ['{"a":1} null', 'VALUE_NULL'],
  ])('%s has more than one value', (text, token) => {
    const { type, reason } = explain(text);
    expect(type).toBe('illegal_argument_exception');
    expect(reason).toContain(`Malformed content, found extra data after parsing: ${token}\n`);
  });

  test('lines are counted, and brackets that do not match are told', () => {
    expect(explain('{\n  "a": [\n    {"b": 1]\n').reason).toBe(
      "Unexpected close marker ']': expected '}' (for Object)\n at [line: 3, column: 12]",
    );
  });

  test('whatever JSON.parse refuses has a fault, wherever a valid text is cut or changed', () => {
    const valid = '{"a":[1,-2.5e+3,{"b":"\\u00e9\\n\u007fx"},[],{}],"c":null,"d":true}';
    for (let at = 0; at < valid.length; at++) {
      for (const put of ['', '"', '}', ',', '\u0001', 'x', '0', '\\']) {
        const text = valid.slice(0, at) + put + valid.slice(at + 1);
        try {
          JSON.parse(text);
        } catch (error) {
          expect(explainMalformedJson(text, error).reason, text).toContain('\n at [line: 1, column: ');
        }
      }
    }
  });
});
