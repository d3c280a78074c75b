import { isDeepStrictEqual } from 'node:util';
import type { Exchange } from './exchange.ts';
import { Pair, type Urls } from './pair.ts';
import { INDEX, OTHER_INDEX } from './session.ts';
import { smallerValues } from './smaller-values.ts';

/** A request that is answered differently, and what was sent before it. */
export interface Failure {
  readonly before: readonly Exchange[];
  readonly request: Exchange;
  /** Where the answers part; a smaller case counts only if they part there too. */
  readonly path: string;
}

const MAX_REQUESTS = 250;
const MAX_INDICES = 60;

/** A smaller case of the same failure: first a smaller request on the index as it is, then fewer and smaller writes. */
export async function shrink(failure: Failure, urls: Urls): Promise<Failure> {
  const request = await smallerRequest(failure, urls);
  return { ...failure, request, before: await smallerWrites({ ...failure, request }, urls) };
}

async function smallerRequest({ before, request, path }: Failure, urls: Urls): Promise<Exchange> {
  // A write changes what the next one meets.
  if (request.lines !== undefined || !/_search|_count|_mapping/.test(request.path)) return request;
  const pair = new Pair(urls);
  try {
    for (const exchange of before) await pair.ask(exchange);
    const fails = async (smaller: Exchange) => (await pair.ask(smaller))?.path === path;
    return await descend(request, smallerExchanges, fails, MAX_REQUESTS);
  } finally {
    await pair.drop();
  }
}

async function smallerWrites({ before, request, path }: Failure, urls: Urls): Promise<readonly Exchange[]> {
  const fails = async (smaller: readonly Exchange[]): Promise<boolean> => {
    const pair = new Pair(urls);
    try {
      for (const exchange of smaller) await pair.ask(exchange);
      return (await pair.ask(request))?.path === path;
    } finally {
      await pair.drop();
    }
  };
  return await descend(before, smallerLists, fails, MAX_INDICES);
}

/** Takes the first smaller case that fails, over and over, until none does or the trials are spent. */
async function descend<T>(
  start: T,
  smaller: (of: T) => Iterable<T>,
  fails: (of: T) => Promise<boolean>,
  maxTrials: number,
): Promise<T> {
  let current = start;
  let trials = 0;
  for (let found = true; found; ) {
    found = false;
    for (const candidate of smaller(current)) {
      if (isDeepStrictEqual(candidate, current)) continue;
      if (++trials > maxTrials) return current;
      if (!(await fails(candidate))) continue;
      current = candidate;
      found = true;
      break;
    }
  }
  return current;
}

function* smallerExchanges(exchange: Exchange): Generator<Exchange> {
  if (exchange.body !== undefined) for (const body of smallerValues(exchange.body)) yield { ...exchange, body };
}

/** Halves are dropped first, then single exchanges, then parts of what they send. */
function* smallerLists(exchanges: readonly Exchange[]): Generator<readonly Exchange[]> {
  for (let size = Math.ceil(exchanges.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = exchanges.length - size; at >= 0; at -= size) {
      yield exchanges.filter((exchange, place) => place < at || place >= at + size || isNeeded(exchange));
    }
  }
  for (const [at, exchange] of exchanges.entries()) {
    for (const smaller of smallerBodies(exchange)) yield exchanges.with(at, smaller);
  }
}

function* smallerBodies(exchange: Exchange): Generator<Exchange> {
  const { lines } = exchange;
  if (isNeeded(exchange)) {
    const { settings, mappings } = (exchange.body ?? {}) as { settings?: unknown; mappings?: unknown };
    for (const smaller of smallerValues(mappings)) yield { ...exchange, body: { settings, mappings: smaller } };
    return;
  }
  if (lines === undefined) {
    yield* smallerExchanges(exchange);
    return;
  }
  for (let size = Math.ceil(lines.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < lines.length; at += size) yield { ...exchange, lines: lines.toSpliced(at, size) };
  }
  for (const [at, line] of lines.entries()) {
    if (isAction(line)) continue;
    for (const smaller of smallerValues(line)) yield { ...exchange, lines: lines.with(at, smaller) };
  }
}

/** Without its id, a document would get one that no two servers share. */
function isAction(line: unknown): boolean {
  return /^{"(index|create|update|delete)":{"_id":"[^"]*"}}$/.test(JSON.stringify(line));
}

/** Without the settings and the merge, scores count what was replaced, which is no failure. */
function isNeeded({ method, path }: Exchange): boolean {
  return path.includes('_forcemerge') || (method === 'PUT' && [INDEX, OTHER_INDEX].includes(path.slice(1)));
}
