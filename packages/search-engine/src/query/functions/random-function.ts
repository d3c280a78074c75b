import { explained } from '../../explain/explanation.ts';
import { docValueFields } from '../../fetch/doc-value-fields.ts';
import type { QueryContext } from '../compile/query-context.ts';
import type { DocFunction } from './doc-function.ts';
import { mix, murmur3 } from './murmur3.ts';
import type { ScoreFunctionKind } from './score-function.ts';

const LOW_BITS = 0x00ffffff;

/** A number from 0 to 1 that looks random, from a seed and a field's value: the same as the real product's for the same index. */
export function randomFunction(
  { index, nowMs }: QueryContext,
  { seed, field }: ScoreFunctionKind & { kind: 'random' },
): DocFunction {
  const ownSeed =
    seed === undefined ? hashOfLong(nowMs) : typeof seed === 'number' ? hashOfNumber(seed) : hashOfText(seed);
  // compat: the salt is the index's name and the shard's number, which is 0.
  const salted = mix(ownSeed ^ (hashOfText(index.name) << 10));
  const name = field ?? (seed === undefined ? undefined : '_id');
  const [source] = name === undefined ? [] : docValueFields(index, { pattern: name });
  const score = (doc: number): number => {
    const value = source?.read(doc)[0];
    const hash =
      name === undefined
        ? mix(salted ^ doc)
        : value === undefined
          ? salted
          : murmur3(Buffer.from(String(value)), salted);
    return (hash & LOW_BITS) / (LOW_BITS + 1);
  };
  const description = `random score function (seed: ${ownSeed}, field: ${name ?? 'null'})`;
  return { score, explain: (doc) => explained(score(doc), description) };
}

function hashOfNumber(value: number): number {
  return (value | 0) === value ? value : hashOfLong(value);
}

function hashOfLong(value: number): number {
  const bits = BigInt.asUintN(64, BigInt(Math.trunc(value)));
  return Number(BigInt.asIntN(32, bits ^ (bits >> 32n)));
}

function hashOfText(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
  return hash;
}
