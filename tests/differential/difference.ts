import { isDeepStrictEqual } from 'node:util';
import { comparable } from './comparable.ts';
import type { Answer, Exchange } from './exchange.ts';

/** Where two answers part. */
export interface Difference {
  /** Member names from the answer's top, with `[]` for any element of a list; of the status, both. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** The first difference between what the real product answers and what is answered here; undefined when there is none that counts. */
export function differenceOf(exchange: Exchange, expected: Answer, actual: Answer): Difference | undefined {
  // Of what the real product fails is told as a mistake of the request here, or it is answered.
  if (expected.status === 500 && actual.status < 500) return undefined;
  // Of an index where it can find nothing the real product may not find out that the request is wrong there, too.
  const { skipped = 0, failed = 0 } =
    (expected.body as { _shards?: { skipped?: number; failed?: number } })._shards ?? {};
  if (skipped > 0 && failed > 0) return undefined;
  const found = between(withoutCutTie(exchange, comparable(expected)), withoutCutTie(exchange, comparable(actual)), '');
  if (found !== undefined || expected.wholeDoubles === undefined) return found;
  return between(doublesOf(exchange, expected), doublesOf(exchange, actual), '.wholeDoubles');
}

/** Where whole doubles stand in any right answer: which hits a full page shows may be the engine's own choice. */
function doublesOf({ body }: Exchange, answer: Answer): readonly string[] | undefined {
  const { size = 10 } = (body ?? {}) as { size?: number };
  const isFull = (hitsOf(answer)?.length ?? 0) >= size;
  return isFull ? answer.wholeDoubles?.filter((path) => !path.startsWith('.hits.hits[].')) : answer.wholeDoubles;
}

function hitsOf({ body }: Answer): Record<string, unknown>[] | undefined {
  return (body as { hits?: { hits?: Record<string, unknown>[] } } | undefined)?.hits?.hits;
}

function between(expected: unknown, actual: unknown, path: string): Difference | undefined {
  if (isDeepStrictEqual(expected, actual) || areNear(expected, actual, path)) return undefined;
  if (isObject(expected) && isObject(actual) && Array.isArray(expected) === Array.isArray(actual)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    for (const name of names) {
      const found = between(expected[name], actual[name], `${path}.${Array.isArray(expected) ? '[]' : name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return { path: path === '.status' ? `.status ${expected} ${actual}` : path, expected, actual };
}

/** Two roundings of nearly the same number may differ in the last digit kept. */
function areNear(a: unknown, b: unknown, path: string): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return false;
  return Math.abs(a - b) <= (/score$/.test(path) ? 1e-4 : 1e-8) * Math.max(Math.abs(a), Math.abs(b));
}

/** Where a page begins or ends among hits of one place in the order, which of them it shows is the engine's own choice. */
function withoutCutTie(exchange: Exchange, answer: Answer): Answer {
  const { size = 10, from = 0 } = (exchange.body ?? {}) as { size?: number; from?: number };
  const hits = hitsOf(answer);
  if (hits === undefined || exchange.pages !== undefined) return answer;
  const placeOf = ({ _score, sort }: Record<string, unknown>) => JSON.stringify(sort ?? _score);
  const cut = [...(from > 0 ? hits.slice(0, 1) : []), ...(hits.length < size ? [] : hits.slice(-1))].map(placeOf);
  const whole = answer.body as { hits: object };
  const shown = hits.map((hit) => (cut.includes(placeOf(hit)) ? { place: placeOf(hit) } : hit));
  return { status: answer.status, body: { ...whole, hits: { ...whole.hits, hits: shown } } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
