import { describe, expect, test } from 'vitest';
import { standardTokens } from './standard-tokenizer.ts';

const terms = (text: string): string[] => standardTokens(text, 255).map((token) => token.term);

describe('the standard tokenizer cuts as the real product does', () => {
  // compat: every row is what Elasticsearch 7.10.2 answered to _analyze, case kept.
  const cases: readonly [text: string, expected: string][] = [
    ["The 2 QUICK Brown-Foxes dog's bone.", "The|2|QUICK|Brown|Foxes|dog's|bone"],
    ['foo:bar a.b.c 1.5 1,000.5 3:30', 'foo:bar|a.b.c|1.5|1,000.5|3|30'],
    ["a_b _x_ a'b 'ab' O'Neil’s", "a_b|_x_|a'b|ab|O'Neil’s"],
    ['10.0.0.1 v1.2 1.2a a.1 a1.b2 a,b', '10.0.0.1|v1.2|1.2a|a|1|a1|b2|a|b'],
    ['user@example.com http://x.y/z?a=b file_name-2.txt', 'user|example.com|http|x.y|z|a|b|file_name|2|txt'],
    ['S1A_IW_SLC__1SDV_20240101T000000', 'S1A_IW_SLC__1SDV_20240101T000000'],
    ['Ünïcode Straße Ελληνικά', 'Ünïcode|Straße|Ελληνικά'],
    ['日本語テスト ひらが カタカナ 한국어 テスト中', '日|本|語|テスト|ひ|ら|が|カタカナ|한국어|テスト|中'],
    ['สวัสดีครับ', 'สวัสดีครับ'],
    ['😀 👍🏽 👨‍👩‍👧 a😀b 🇫🇷 #️⃣ 1️⃣', '😀|👍🏽|👨‍👩‍👧|a|😀|b|🇫🇷|#️⃣|1️⃣'],
    ['cafe\u0301 combining', 'cafe\u0301|combining'],
    ['a·b x‧y 5·6 3;4 3．4', 'a·b|x‧y|5|6|3;4|3．4'],
    ['مرحبا بالعالم שלום״א ד׳', 'مرحبا|بالعالم|שלום״א|ד׳'],
    ["it's 3'4 1_2 a__b ___ -- a-1", "it's|3'4|1_2|a__b|a|1"],
    ['١٢٣ ²³ ½ ①', '١٢٣'],
  ];
  test.each(cases)('%s', (text, expected) => {
    expect(terms(text).join('|')).toBe(expected);
  });
});

test('tokens carry position, offsets and type', () => {
  expect(standardTokens('v2 日 5', 255)).toEqual([
    { term: 'v2', position: 0, startOffset: 0, endOffset: 2, type: '<ALPHANUM>' },
    { term: '日', position: 1, startOffset: 3, endOffset: 4, type: '<IDEOGRAPHIC>' },
    { term: '5', position: 2, startOffset: 5, endOffset: 6, type: '<NUM>' },
  ]);
});

test('a word longer than the limit is cut into pieces', () => {
  expect(standardTokens('a'.repeat(600), 255).map((token) => token.term.length)).toEqual([255, 255, 90]);
});
