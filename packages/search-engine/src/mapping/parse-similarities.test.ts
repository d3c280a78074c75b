import { expect, test } from 'vitest';
import { BM25, BOOLEAN } from '../text/similarity.ts';
import { parseMapping } from './parse-mapping.ts';
import { parseSimilarities } from './parse-similarities.ts';

test('settings are read flat and nested, and the default is that of every field which names none', () => {
  const similarities = parseSimilarities({
    'index.similarity.own.type': 'BM25',
    similarity: { own: { k1: '2.5', b: '0', discount_overlaps: 'false' }, default: { type: 'boolean' } },
  });
  expect(similarities.named('own')).toEqual({ type: 'BM25', k1: 2.5, b: 0, discountOverlaps: false });
  const mapping = parseMapping(
    { properties: { t: { type: 'text' }, b: { type: 'text', similarity: 'BM25' }, k: { type: 'keyword' } } },
    { similarities },
  );
  expect(['t', 'b', 'k'].map((path) => mapping.field(path)?.similarity)).toEqual([BOOLEAN, BM25, BOOLEAN]);
});

test('what was taken before does not keep an index from being opened, and is taken no more', () => {
  const settings = { similarity: { old: { type: 'DFR' }, own: { type: 'boolean' } } };
  expect(() => parseSimilarities(settings)).toThrow('Similarity type [DFR] for [old] is not supported');
  const similarities = parseSimilarities(settings, true);
  expect([similarities.named('old'), similarities.named('own')]).toEqual([undefined, BOOLEAN]);
  const classic = { properties: { t: { type: 'text', similarity: 'classic' } } };
  const mapping = parseMapping(classic);
  expect(mapping.field('t')?.similarity).toBe(BM25);
  expect(() => mapping.merge({ properties: { u: { type: 'text', similarity: 'classic' } } })).toThrow(
    'The [classic] similarity may not be used anymore.',
  );
});
