import type { Answer } from './exchange.ts';

type Json = Record<string, unknown>;

interface Hit {
  readonly _id?: string;
  readonly _score?: number | null;
  readonly sort?: unknown[];
}

/** Members that no two runs share, and those that stand for what only a cluster has. */
const incomparable: ReadonlySet<string> = new Set(
  '_ignored _shards _primary_term doc_count_error_upper_bound failed_shards forced_refresh grouped index_uuid line col node phase took uuid shard throttled_millis throttled_until_millis requests_per_second retries'.split(
    ' ',
  ),
);

/** Scores are added up from floats in an order of the engine's own. */
const SCORE_DIGITS = 5;
/** Sums of doubles differ in their last digits with the order of addition. */
const NUMBER_DIGITS = 10;

/** What two right answers to one request have in common: the rest differs from run to run, or by design (PROTOCOL.md). */
export function comparable({ status, body }: Answer): Answer {
  return { status, body: kept(body, '') };
}

function kept(value: unknown, name: string): unknown {
  if (Array.isArray(value)) {
    if (name === 'matched_queries') return value.toSorted();
    if (name === 'hits') return hitsOf(value as Hit[]);
    return value.map((element) => (name === 'sort' ? sortValue(element) : kept(element, '')));
  }
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return rounded(value, /score$/.test(name) ? SCORE_DIGITS : NUMBER_DIGITS);
  if (typeof value !== 'object' || value === null) return value;
  if (name === '_source') return value;
  if (name === 'error') return { type: (value as Json).type };
  const { _score: score, sort } = value as Hit;
  if (typeof score === 'number' && sort?.some((each) => isScore(each, score))) {
    return kept({ ...value, sort: sort.map((each) => (isScore(each, score) ? 'score' : each)) }, '');
  }
  const entries = Object.entries(value as Json).filter(
    ([member, of]) => !incomparable.has(member) && !(member === 'meta' && Object.keys(of as Json).length === 0),
  );
  return Object.fromEntries(entries.map(([member, of]) => [member, kept(of, member)]));
}

/** Hits of one place in the order come in an order of the engine's own. */
function hitsOf(hits: readonly Hit[]): unknown[] {
  const groups: Hit[][] = [];
  for (const hit of hits) {
    const before = groups.at(-1)?.[0];
    if (before !== undefined && isTie(before, hit)) groups.at(-1)?.push(hit);
    else groups.push([hit]);
  }
  return groups
    .flatMap((group) => group.toSorted((a, b) => (String(a._id) < String(b._id) ? -1 : 1)))
    .map((hit) => kept(hit, ''));
}

function isTie(a: Hit, b: Hit): boolean {
  if (a.sort !== undefined) return JSON.stringify(kept(a.sort, 'sort')) === JSON.stringify(kept(b.sort, 'sort'));
  return Math.abs((a._score ?? 0) - (b._score ?? 0)) <= 2 * 10 ** -SCORE_DIGITS * Math.abs(a._score ?? 0);
}

/** A missing value is null here, and there the number at its end of the order. */
function sortValue(value: unknown): unknown {
  const isMissing = /^-?(Infinity|922337203685477580[78])$/.test(String(value));
  return isMissing ? null : kept(value, '');
}

/** Whether a sort value is the hit's score, which stands in a recorded answer with fewer digits. */
function isScore(value: unknown, score: number): boolean {
  return typeof value === 'number' && Math.abs(value - score) <= 10 ** (1 - SCORE_DIGITS) * Math.abs(score);
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
