import { expect, test } from 'vitest';
import { sentenceBreaks, type TextBreaks, wordBreaks } from './text-breaks.ts';

function parts(text: string, breaks: TextBreaks): string[] {
  const found: string[] = [];
  for (let start = 0, end = breaks.following(0); end >= 0; start = end, end = breaks.following(end)) {
    found.push(text.slice(start, end));
  }
  return found;
}

// compat: the parts are those of java.text.BreakIterator, which the real product cuts texts with.
test.each([
  ['Disk full. Worker lost! Why? Nobody knows', ['Disk full. ', 'Worker lost! ', 'Why? ', 'Nobody knows']],
  ['at 10.5 percent, e.g. here. 3 left', ['at 10.5 percent, e.g. here. 3 left']],
  ['He said "stop." Then (it) stopped.', ['He said "stop." ', 'Then (it) stopped.']],
  ['Done.  here.\t next. here', ['Done.  ', 'here.\t ', 'next. here']],
  ['終わり。disk', ['終わり。', 'disk']],
  ['Done. ->', ['Done', '.', ' ->']],
  ['', []],
])('the sentences of %j', (text, expected) => {
  expect(parts(text, sentenceBreaks(text))).toEqual(expected);
});

test.each([
  ["it's 10.5% of /dev/sda1", ["it's", ' ', '10.5%', ' ', 'of', ' ', '/', 'dev', '/', 'sda1']],
  ['re-run\n\tカタカナひら漢字', ['re-run', '\n', '\t', 'カタカナ', 'ひら', '漢字']],
])('the words of %j', (text, expected) => {
  expect(parts(text, wordBreaks(text))).toEqual(expected);
});

test('a break before and behind a place is found, or none', () => {
  const breaks = wordBreaks('one two');
  expect([breaks.preceding(3), breaks.preceding(0), breaks.following(3), breaks.following(7)]).toEqual([0, -1, 4, -1]);
});

test('a long run of signs takes no longer than its length warrants', () => {
  const text = `${'.'.repeat(200_000)}${'-"'.repeat(100_000)}`;
  expect(sentenceBreaks(text).following(0)).toBeGreaterThan(0);
});
