import { isDaybookError } from '@daybook/errors';
import { expect, test } from 'vitest';
import { ExactNumber } from '../json/exact-json.ts';
import { parseScript } from './parse-script.ts';
import { runScript } from './run-script.ts';
import { jsonOf, type Value, valueFrom } from './values.ts';

function run(source: string, variables: Record<string, unknown> = {}): unknown {
  const values = new Map<string, Value>(Object.entries(variables).map(([name, value]) => [name, valueFrom(value)]));
  return jsonOf(runScript({ source, body: parseScript(source) }, values));
}

test.each([
  ['7 / 2', 3],
  ['7.0 / 2', 3.5],
  ['8.0 / 2', new ExactNumber('4.0')],
  ['9007199254740992 + 1', new ExactNumber('9007199254740993')],
  ['1 + 2 * 3 - -4 % 3', 8],
  ["'n=' + 1 + 2.0 + null", 'n=12.0null'],
  ["[1, 'a', [:]]", [1, 'a', {}]],
  ["['k': 1 > 2 ? 'x' : 'y', 'l': new ArrayList()]", { k: 'y', l: [] }],
  ['false || !false && 1 == 1.0', true],
  ['null ?: 5', 5],
  ["def m = ['a': null]; m?.a?.b", null],
  ['if (1 < 2) { return 1 } return 2', 1],
  ['/* no */ def x = 1; x += 2; x-- ; x // yes', 2],
  ["'a.b'.replace('.', '$&').length()", 4],
  ['Math.max(1, 2) + Math.round(2.5)', new ExactNumber('5.0')],
  ["['__proto__': 1, 'constructor': 2].size()", 2],
])('%s is %j', (source, expected) => {
  expect(run(source)).toEqual(expected);
});

test.each([
  ['1 +', 'unexpected end of script.', 3],
  ['for (;;) {}', "unexpected token ['(']", 4],
  ['a.b = ', 'unexpected end of script.', 6],
  ['1 = 2', 'cannot assign a value to it.', 0],
  ['#', 'unexpected character [#].', 0],
  ["x.constructor('y')", 'cannot resolve symbol [x]', 0],
  ["'a'.constructor", 'cannot access [constructor] of [a]', 3],
  ["[].constructor('y')", 'cannot call [constructor/1] of a list', 2],
  ['[1][5]', 'index [5] is not in a list', 3],
  ['1 / 0', 'cannot apply [/] to [1] and [0]', 2],
  ['if (1) {}', 'expected a boolean, got [1]', 4],
  ["'a' < 'b'", 'cannot apply [<] to [a] and [b]', 4],
  ['('.repeat(300), 'nested deeper', 99],
])('%s is refused at its place', (source, message, offset) => {
  let error: unknown;
  try {
    run(source);
  } catch (caught) {
    error = caught;
  }
  expect(isDaybookError(error, 'invalid-argument') && error.detail).toMatchObject({
    reason: 'script_exception',
    causedBy: { reason: expect.stringContaining(message) },
    properties: { position: { offset } },
  });
});
