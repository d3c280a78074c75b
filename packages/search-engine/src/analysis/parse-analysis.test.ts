import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../mapping/json.ts';
import { parseAnalysis } from './parse-analysis.ts';

/** Terms with their positions, as `term@position`. */
function analyze(settings: JsonObject, analyzer: string, text: string): string {
  const tokens = parseAnalysis(settings).analyzer(analyzer)!.analyze(text);
  return tokens.map(({ term, position }) => `${term}@${position}`).join(' ');
}

const custom = (tokenizer: unknown, filter: readonly unknown[]): JsonObject => ({
  analysis: {
    analyzer: {
      a: { tokenizer: typeof tokenizer === 'string' ? tokenizer : 't', filter: filter.map((_, at) => `f${at}`) },
    },
    tokenizer: typeof tokenizer === 'string' ? {} : { t: tokenizer },
    filter: Object.fromEntries(filter.map((one, at) => [`f${at}`, typeof one === 'string' ? { type: one } : one])),
  },
});

describe('the analyzers that every index has', () => {
  const text = "The 2 QUICK Brown-Foxes jumped_over dogs’ John's naïve running_jobs v1.2";
  // compat: each row is what Elasticsearch 7.10.2 answered to _analyze.
  test.each([
    ['simple', 'the@0 quick@1 brown@2 foxes@3 jumped@4 over@5 dogs@6 john@7 s@8 naïve@9 running@10 jobs@11 v@12'],
    ['whitespace', "The@0 2@1 QUICK@2 Brown-Foxes@3 jumped_over@4 dogs’@5 John's@6 naïve@7 running_jobs@8 v1.2@9"],
    ['keyword', `${text}@0`],
    ['stop', 'quick@1 brown@2 foxes@3 jumped@4 over@5 dogs@6 john@7 s@8 naïve@9 running@10 jobs@11 v@12'],
    [
      'pattern',
      'the@0 2@1 quick@2 brown@3 foxes@4 jumped_over@5 dogs@6 john@7 s@8 na@9 ve@10 running_jobs@11 v1@12 2@13',
    ],
    ['english', '2@1 quick@2 brown@3 fox@4 jumped_ov@5 dog@6 john@7 naïv@8 running_job@9 v1.2@10'],
  ])('%s', (analyzer, expected) => {
    expect(analyze({}, analyzer, text)).toBe(expected);
  });

  test('a space that does not break parts no words of white space', () => {
    expect(analyze({}, 'whitespace', 'a\u00a0b c\u3000d')).toBe('a\u00a0b@0 c@1 d@2');
  });

  test('the english stemmer', () => {
    const words =
      'running generalizations relational conditional hopping sky happy agreed feed skies flying abilities university conflated troubles sized ' +
      'falling fizzed adoption activate controlling rolling probate cease caresses ponies ties cats dying news';
    const stems =
      'run gener relat condit hop sky happi agre feed ski fly abil univers conflat troubl size fall fizz adopt activ control roll probat ceas ' +
      'caress poni ti cat dy new';
    const tokens = parseAnalysis({}).analyzer('english')!.analyze(words);
    expect(tokens.map(({ term }) => term).join(' ')).toBe(stems);
  });
});

describe('analyzers of the settings', () => {
  // compat: each row is what Elasticsearch 7.10.2 answered to _analyze.
  const cases: readonly [tokenizer: unknown, filter: readonly unknown[], text: string, expected: string][] = [
    [
      'standard',
      ['lowercase', 'asciifolding'],
      'Ünïcode Straße Æther Łódź „quoted“ ﬁne Ω',
      'unicode@0 strasse@1 aether@2 lodz@3 quoted@4 fine@5 ω@6',
    ],
    ['standard', [{ type: 'asciifolding', preserve_original: true }], 'café bar', 'cafe@0 café@0 bar@1'],
    [{ type: 'edge_ngram', min_gram: 1, max_gram: 3 }, [], 'abcd ef', 'a@0 ab@1 abc@2'],
    [
      { type: 'edge_ngram', min_gram: 1, max_gram: 2, token_chars: ['letter', 'custom'], custom_token_chars: '_-' },
      [],
      'ab_ 1 -c',
      'a@0 ab@1 -@2 -c@3',
    ],
    [{ type: 'edge_ngram', token_chars: 'Symbol, punctuation' }, [], 'a+b..$ !?', '+@0 .@1 ..@2 !@3 !?@4'],
    [{ type: 'ngram', min_gram: 2, max_gram: 3 }, [], 'abcd', 'ab@0 abc@1 bc@2 bcd@3 cd@4'],
    [{ type: 'pattern', pattern: ',' }, [], 'a,b,,c', 'a@0 b@1 c@2'],
    ['standard', [{ type: 'edge_ngram', min_gram: 1, max_gram: 2 }], 'abc de', 'a@0 ab@0 d@1 de@1'],
    ['letter', ['uppercase', 'reverse', { type: 'truncate', length: 2 }], 'abc 5 de', 'CB@0 ED@1'],
    ['standard', [{ type: 'length', min: 2, max: 3 }, 'unique'], 'a bb ccc dddd bb', 'bb@1 ccc@2'],
    ['standard', [{ type: 'stop', stopwords: ['x'] }], 'a x b', 'a@0 b@2'],
    ['standard', ['lowercase'], 'ΟΔΟΣ İstanbul', 'οδοσ@0 istanbul@1'],
    [{ type: 'path_hierarchy' }, [], '/data/2024/', '/data@0 /data/2024@0 /data/2024/@0'],
    ['path_hierarchy', [], 'a//b', 'a@0 a/@0 a//b@0'],
    [{ type: 'path_hierarchy', skip: 1 }, [], 'data/2024/01', '/2024@0 /2024/01@0'],
    [{ type: 'path_hierarchy', skip: 3 }, [], '/a/b', ''],
    [{ type: 'path_hierarchy', delimiter: '-', replacement: '/' }, [], 'a-b-c', 'a@0 a/b@0 a/b/c@0'],
    [{ type: 'path_hierarchy', reverse: true }, [], '/data/2024/', '/data/2024/@0 data/2024/@0 2024/@0'],
    [{ type: 'path_hierarchy', reverse: true, delimiter: '.', skip: 1 }, [], 'www.nasa.gov', 'www.nasa.@0 nasa.@0'],
    ['whitespace', [{ type: 'fingerprint', separator: '+', max_output_size: 6 }], 'b a b', 'a+b@0'],
    ['whitespace', [{ type: 'fingerprint', max_output_size: 4 }], 'b a b c', ''],
  ];
  test.each(cases)('tokenizer %j with filters %j', (tokenizer, filter, text, expected) => {
    expect(analyze(custom(tokenizer, filter), 'a', text)).toBe(expected);
  });

  test('lengths of grams may differ by as much as the index says', () => {
    const grams = custom({ type: 'ngram', min_gram: 1, max_gram: 3 }, []);
    expect(analyze({ ...grams, 'index.max_ngram_diff': 2 }, 'a', 'abc')).toBe('a@0 ab@1 abc@2 b@3 bc@4 c@5');
    expect(parseAnalysis(grams, true).analyzer('a')!.analyze('abc')).toHaveLength(6);
  });

  test('settings may be flat, nested, or both', () => {
    const settings = {
      'index.analysis.analyzer.a.tokenizer': 'keyword',
      index: { analysis: { analyzer: { a: { filter: 'lowercase' } } } },
    };
    expect(analyze(settings, 'a', 'A B')).toBe('a b@0');
  });

  test('a normalizer works on the whole value', () => {
    const settings = { analysis: { normalizer: { n: { type: 'custom', filter: ['lowercase', 'asciifolding'] } } } };
    expect(parseAnalysis(settings).normalizer('n')!.normalize('Über Straße')).toBe('uber strasse');
  });

  test('a part of a word gets only the filters that work letter by letter', () => {
    expect(parseAnalysis({}).analyzer('english')!.normalize('RUNNING')).toBe('running');
  });

  test.each([
    [{ analyzer: { a: { tokenizer: 'nope' } } }, 'Custom Analyzer [a] failed to find tokenizer under name [nope]'],
    [
      { analyzer: { a: { tokenizer: 'standard', filter: ['nope'] } } },
      'Custom Analyzer [a] failed to find filter under name [nope]',
    ],
    [
      { analyzer: { a: { tokenizer: 't' } }, tokenizer: { t: { type: 'edge_ngram', token_chars: ['nope'] } } },
      "Unknown token type: 'nope', must be one of [letter, digit,",
    ],
    [
      { analyzer: { a: { tokenizer: 't' } }, tokenizer: { t: { type: 'ngram', min_gram: 1, max_gram: 4 } } },
      'must be less than or equal to: [1] but was [3]. This limit can be set by changing the [index.max_ngram_diff] index level setting.',
    ],
    [
      { analyzer: { a: { tokenizer: 't' } }, tokenizer: { t: { type: 'path_hierarchy', delimiter: '::' } } },
      'delimiter must be a one char value',
    ],
    [{ analyzer: { a: { filter: 'lowercase' } } }, 'analyzer [a] must specify either an analyzer type, or a tokenizer'],
    [{ analyzer: { a: { type: 'nope' } } }, 'Unknown analyzer type [nope] for [a]'],
    [{ normalizer: { n: { filter: ['stop'] } } }, 'Custom normalizer [n] may not use filter'],
  ])('a component that does not exist is refused by name: %j', (analysis, message) => {
    expect(() => parseAnalysis({ analysis } as JsonObject)).toThrow(message);
  });

  test.each(['standard', 'simple', 'whitespace', 'stop', 'english', 'keyword', 'pattern', 'own', 'grams'])(
    'the analyzer %s finds in the parts of a long text what it finds in the whole',
    (name) => {
      const settings = {
        analysis: {
          analyzer: {
            own: { tokenizer: 'standard', filter: ['asciifolding', 'unique'] },
            grams: { tokenizer: 'whitespace', filter: ['g', 'lowercase'] },
          },
          filter: { g: { type: 'edge_ngram', min_gram: 1, max_gram: 2 } },
        },
      };
      const words = [
        'The',
        'dogs',
        'RUNNING',
        '3.5',
        "it's",
        'Über',
        '\u0301x',
        '日本',
        'a_b',
        '\n',
        '',
        'é'.repeat(300),
      ];
      const text = Array.from({ length: 20_000 }, (_, at) => words[(at * 7 + (at >>> 3)) % words.length]).join(' ');
      const found = parseAnalysis(settings).analyzer(name)!;
      const inParts = [...found.analyzeInParts(text)];
      const tokens = inParts.flatMap((part) =>
        part.tokens.map(({ term, position }) => [term, position + part.position]),
      );
      expect(tokens).toEqual(found.analyze(text).map(({ term, position }) => [term, position]));
      expect(inParts.length > 1).toBe(!['keyword', 'pattern', 'own', 'grams'].includes(name));
    },
  );
});
