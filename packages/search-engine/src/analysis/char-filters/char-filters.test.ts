import { expect, test } from 'vitest';
import type { JsonObject } from '../../mapping/json.ts';
import { ComponentSettings } from '../component-settings.ts';
import { makeCharFilter } from '../make-char-filter.ts';
import { filterText } from './char-filter.ts';

function charFilter(type: string, json: JsonObject = {}) {
  return makeCharFilter(type, new ComponentSettings('own', json, false))!;
}

test.each([
  ['<p>The <b>quick</b> fox</p>', '\nThe quick fox\n'],
  ['a<br/>b<script>c < d</script>e<!-- f --><![CDATA[<g>]]>', 'a\nb\ne<g>'],
  ['&lt;t&eacute;&#65;&#x1F600;&unknown;&amp', '<té\u0041😀&unknown;&'],
  ['&#xD83D;&#xDE00; &#xD83D;', '😀 \ufffd'],
  ['1 < 2 and <3 > <a', '1 < 2 and <3 > '],
  ['<?php ?>x<!DOCTYPE html>y<!', 'xy<!'],
])('html_strip of %j', (text, expected) => {
  expect(charFilter('html_strip')(text).text).toBe(expected);
});

test('tags that are escaped stay, without regard to case', () => {
  const filter = charFilter('html_strip', { escaped_tags: ['B'] });
  expect(filter('<b class="x">a</B> <i>b</i>').text).toBe('<b class="x">a</B> b');
});

test('beginnings without ends are read once', () => {
  for (const part of ['<!', '<?', '<a ', '< ', '<script>', '&a', '<script></']) {
    expect(charFilter('html_strip')(part.repeat(100_000)).text.length).toBeLessThanOrEqual(part.length * 100_000);
  }
});

test('offsets are those of the text before all filters', () => {
  const text = '<b>:)</b> &amp; x';
  const filters = [charFilter('html_strip'), charFilter('mapping', { mappings: [':) => happy', '& => '] })];
  const { text: filtered, correct } = filterText(text, filters);
  expect(filtered).toBe('happy  x');
  expect([...filtered, ''].map((_, at) => correct(at))).toEqual([3, 4, 4, 4, 4, 9, 15, 16, 17]);
});

test('a mapping takes the longest of its rules', () => {
  const filter = charFilter('mapping', { mappings: ['ab => x', 'abc => yy', '\\u0064 => \\n', 'a => b'] });
  expect(filter('ababcad').text).toBe('xyyb\n');
});

test.each([
  ['(\\d+)-(?=\\d)', '$1_', '12-3-a', '12_3-a'],
  ['(?<=\\p{Lower})(?=\\p{Upper})', ' ', 'fooBarBaz', 'foo Bar Baz'],
  ['(?<first>a)(b)?', `[\${first}$2\\$]`, 'abac', '[ab$][a$]c'],
  ['[aeiou&&[^e]]', '_', 'aeiou', '_e___'],
  ['\\Qa.b\\E|\\p{Punct}', 'x', 'a.b acb!', 'x acbx'],
  ['(?i)A\\h', '', 'a\ta A', 'A'],
])('pattern_replace of %j by %j', (pattern, replacement, text, expected) => {
  expect(charFilter('pattern_replace', { pattern, replacement })(text).text).toBe(expected);
});

test.each([
  ['mapping', { mappings: ['a'] }, 'Invalid Mapping Rule : [a]'],
  ['mapping', { mappings: ['a => b', 'a => c'] }, 'match "a" was already added'],
  ['mapping', { mappings_path: 'x' }, '[mappings_path] in [own] is not supported by this server, [mappings] is'],
  ['pattern_replace', {}, "pattern is missing for [own] char filter of type 'pattern_replace'"],
  ['pattern_replace', { pattern: 'a++' }, '[pattern] in [own] is no valid pattern: [a++]: [++] is not supported'],
  ['pattern_replace', { pattern: 'a', flags: 'NOPE' }, 'Unknown regex flag [NOPE]'],
])('%s of %j is refused', (type, json, reason) => {
  expect(() => charFilter(type, json)).toThrow(reason);
});

test('a text that would become too long is refused', () => {
  const large = charFilter('mapping', { mappings: [`a => ${'b'.repeat(100_000)}`] });
  expect(() => large('a'.repeat(1000))).toThrow('char filters make more than [10000000] characters of a text');
});
