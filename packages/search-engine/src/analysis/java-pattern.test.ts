import { expect, test } from 'vitest';
import { javaFlags, javaPattern } from './java-pattern.ts';

test.each([
  ['[a-c&&[^b]d]', '', 'abcd', 'xbxd'],
  ['[^a&&[b-z]]', '', 'ab1', 'xxx'],
  ['[]a]|[\\Qa]\\E]', '', ']ab', 'xxb'],
  ['\\x61|\\u0062|\\x{1F600}|\\cA|\\0101', '', 'ab😀\x01A', 'xxxxx'],
  ['\\ud83d\\ude00', '', '😀', 'x'],
  ['\\p{Punct}|\\p{IsAlphabetic}|\\pN', '', 'é1 .', 'xx x'],
  ['\\s', '', 'a\u00a0 \t', 'a\u00a0xx'],
  ['\\bé', '', 'é aé', 'x aé'],
  ['.\\Z', '', 'ab\n', 'ax\n'],
  ['$', '', 'a😀\n', 'a😀x\nx'],
  ['^', 'MULTILINE', 'a\r\nb\n', 'xa\r\nxb\n'],
  ['$', 'MULTILINE', 'a\r\nb', 'ax\r\nbx'],
  ['(?i)A b # c', 'COMMENTS', 'AB ab', 'x x'],
  ['a.b', 'LITERAL|case_insensitive', 'a.b acb A.B', 'x acb x'],
  ['(?<n>a)(b)\\2\\k<n>', '', 'abba', 'x'],
  ['\\-\\_\\<', '', '-_<', 'x'],
])('%s with the flags [%s] is found in %j', (source, flags, text, expected) => {
  expect(text.replace(javaPattern(source, javaFlags(flags)), 'x')).toBe(expected);
});

test.each([
  'a++',
  'a{2}+',
  '(?>a)',
  '\\Ga',
  'a(?i)b',
  '(?d)a',
  '\\i',
  '\\p{InGreek}',
  '[a-\\d]',
  '[a',
  'a{',
  '(',
  'a\\',
])('%s is refused', (source) => {
  expect(() => javaPattern(source, '')).toThrow();
});
