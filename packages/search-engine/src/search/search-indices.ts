import { type DaybookError, isDaybookError } from '@daybook/errors';
import type { AggregationResults } from '../aggregation/aggregation.ts';
import { collectAggregations } from '../aggregation/collect-aggregations.ts';
import type { DocSet } from '../columns/doc-set.ts';
import { createHitFetcher, type HitFetcher } from '../fetch/hit-fetcher.ts';
import type { IndexView } from '../index/index-view.ts';
import { Double } from '../numbers/double.ts';
import { type Clause, findDocs } from '../query/clauses/clause.ts';
import { NO_DOCS } from '../query/clauses/constant-clauses.ts';
import { filterByScore, filterDocs, smallest } from '../query/clauses/filtered-docs.ts';
import { narrowDocs } from '../query/clauses/narrow.ts';
import { type CompiledQuery, compileQuery } from '../query/compile/compile-query.ts';
import { inNameOrder } from '../query/compile/named-order.ts';
import type { Query } from '../query/query.ts';
import { BY_SCORE, isByScore } from '../sort/by-score.ts';
import { DocOrder } from '../sort/doc-order.ts';
import { type Candidate, candidateOf, compareCandidates } from '../sort/merge-order.ts';
import type { SortSource } from '../sort/sort-source.ts';
import { sortSources } from '../sort/sort-sources.ts';
import { TopDocs } from '../sort/top-docs.ts';
import { sortInSteps } from '../steps/sort-in-steps.ts';
import type { Steps } from '../steps/steps.ts';
import { TimeLimit } from '../steps/time-limit.ts';
import { mapInSteps } from '../steps/visit-in-steps.ts';
import { type CollapseValue, type DocGroups, firstOfGroups, groupsOf } from './collapse.ts';
import type { Hit } from './hit.ts';
import { hitOf, hitSource } from './hit-source.ts';
import { refuseIdFieldData } from './id-field-data.ts';
import { IndexReader } from './index-reader.ts';
import type { SearchRequest, SearchResult } from './search.ts';

/** What was found in one index. */
interface IndexMatches {
  readonly index: IndexView;
  readonly compiled: CompiledQuery;
  readonly clause: Clause;
  readonly fetch: HitFetcher | undefined;
  readonly named: CompiledQuery['named'];
  readonly sources: readonly SortSource[];
  /** Before the post filter: what aggregations count. */
  readonly matches: DocSet;
  readonly hits: DocSet;
  readonly terminatedEarly: boolean;
  /** Where hits are collapsed. */
  readonly groups: DocGroups | undefined;
}

/** The first documents of one index, in their order. */
interface FirstHits {
  readonly found: IndexMatches;
  readonly docs: readonly number[];
}

interface FoundCandidate extends Candidate {
  readonly found: IndexMatches;
}

const NOTHING: Query = { type: 'matchNone' };

/** Searches the indices one after the other and merges their first hits; hits that compare equal are in the order of the indices. */
export function* searchIndices(indices: readonly IndexView[], request: SearchRequest): Steps<SearchResult> {
  if (request.limits?.allowIdFieldData === false) refuseIdFieldData(request);
  const limit = new TimeLimit(request.timeoutMs);
  const nowMs = Date.now();
  const keys = isByScore(request.sort) ? BY_SCORE : request.sort;
  const found: IndexMatches[] = [];
  for (const [position, index] of indices.entries()) {
    const place = { position, isOneOfSeveral: indices.length > 1 };
    const sortBy = (clause: Clause) => sortSources(index, keys, clause, nowMs, place);
    found.push(yield* findMatches(index, request, nowMs, limit, sortBy));
    if (place.isOneOfSeveral) yield;
  }
  const firsts: FirstHits[] = [];
  for (const one of found) {
    firsts.push({ found: one, docs: yield* firstHits(one, request, limit) });
    if (found.length > 1) yield;
  }
  const hasScores = request.trackScores || keys.some(({ field }) => field === '_score');
  return {
    total: found.reduce((sum, { hits }) => sum + hits.size, 0),
    terminatedEarly: found.some(({ terminatedEarly }) => terminatedEarly),
    maxScore: request.size > 0 && request.collapse === undefined ? yield* highestScore(firsts, request, limit) : null,
    ...(yield* toHits(yield* pageOf(firsts, request), request, hasScores, found.length > 1)),
    aggregations: yield* collect(found, request, nowMs, limit),
    timedOut: limit.wasMet,
  };
}

/** The hits that are shown, of all indices together. */
function* pageOf(firsts: readonly FirstHits[], { from, size, collapse }: SearchRequest): Steps<FoundCandidate[]> {
  const [only, second] = firsts;
  if (only === undefined) return [];
  // Those of one index are in their order, and what comes before the page is not looked at.
  if (second === undefined) return yield* candidatesOf(only.found, only.docs.slice(from, from + size));
  const candidates: FoundCandidate[][] = [];
  for (const { found, docs } of firsts) candidates.push(yield* candidatesOf(found, docs));
  const sorted = yield* sortInSteps(candidates.flat(), compareCandidates);
  return (collapse === undefined ? sorted : firstCandidates(sorted)).slice(from, from + size);
}

function candidatesOf(found: IndexMatches, docs: readonly number[]): Steps<FoundCandidate[]> {
  return mapInSteps(docs, (doc) => ({ found, ...candidateOf(doc, found.sources) }));
}

/** The first candidate of each group. */
function firstCandidates(candidates: readonly FoundCandidate[]): readonly FoundCandidate[] {
  const seen = new Set<CollapseValue>();
  return candidates.filter(({ found, doc }) => {
    const group = found.groups?.value(doc) ?? null;
    return !seen.has(group) && seen.add(group) !== undefined;
  });
}

/** Nothing is found once the time is over, and nothing is said to be wrong with what finds it. */
function* findMatches(
  index: IndexView,
  request: SearchRequest,
  nowMs: number,
  limit: TimeLimit,
  sortBy: (clause: Clause) => readonly SortSource[],
): Steps<IndexMatches> {
  const compiled =
    (yield* limit.within(compileQuery(index, request.query, nowMs, request.limits))) ??
    (yield* compileQuery(index, NOTHING, nowMs));
  const { clause, named } = compiled;
  const { minScore, collapse } = request;
  const groups = collapse === undefined ? undefined : groupsOf(index.mapping, new IndexReader(index, nowMs), collapse);
  const all = (yield* limit.within(findAll(index, request.query, clause))) ?? NO_DOCS.docs();
  const matches =
    minScore === undefined ? all : ((yield* limit.within(filterByScore(all, clause, minScore))) ?? NO_DOCS.docs());
  const sources = sortBy(clause);
  const fetch = request.fetch && createHitFetcher(index, request.fetch, compiled, nowMs);
  const found = {
    index,
    compiled,
    clause,
    named,
    fetch,
    sources,
    matches,
    hits: matches,
    groups,
    terminatedEarly: false,
  };
  if (request.postFilter === undefined) return yield* terminated(found, request);
  const postFilter = yield* compileQuery(index, request.postFilter, nowMs, request.limits);
  const narrowed = narrowDocs(matches, { required: [postFilter.clause], prohibited: [] });
  const hits = (yield* limit.within(narrowed)) ?? NO_DOCS.docs();
  return yield* terminated({ ...found, named: inNameOrder([...named, ...postFilter.named]), hits }, request);
}

/** What is held open knows what its queries found. */
function* findAll({ found, data }: IndexView, query: Query, clause: Clause): Steps<DocSet> {
  const known = found?.get(query);
  if (known !== undefined) return known;
  const docs = yield* findDocs(clause);
  found?.set(query, smallest(docs, data.documents.limit));
  return docs;
}

/** compat: what is counted ends before the first hit that is one too many, and aggregations with it. */
function* terminated(found: IndexMatches, { terminateAfter }: SearchRequest): Steps<IndexMatches> {
  const { hits, matches } = found;
  if (terminateAfter === undefined || hits.size <= terminateAfter) return found;
  let count = 0;
  let end = 0;
  const first = yield* filterDocs(hits, (doc) => {
    if (count === terminateAfter) end = doc;
    return count++ < terminateAfter;
  });
  const counted = matches === hits ? first : yield* filterDocs(matches, (doc) => doc < end);
  return { ...found, hits: first, matches: counted, terminatedEarly: true };
}

function* collect(
  found: readonly IndexMatches[],
  { aggregations, limits, visible }: SearchRequest,
  nowMs: number,
  limit: TimeLimit,
): Steps<AggregationResults> {
  if (Object.keys(aggregations).length === 0) return {};
  const indices = found.map(({ index, compiled, matches }, position) => ({
    mapping: index.mapping,
    reader: new IndexReader(index, nowMs, limits),
    matches,
    hits: hitSource(index, compiled, nowMs, { position, isOneOfSeveral: found.length > 1 }),
  }));
  return yield* collectAggregations(aggregations, indices, { nowMs, limit, maxBuckets: limits?.maxBuckets, visible });
}

function* firstHits(
  found: IndexMatches,
  { from, size, searchAfter }: SearchRequest,
  limit: TimeLimit,
): Steps<readonly number[]> {
  const { groups, hits, sources } = found;
  const order = new DocOrder(sources, searchAfter);
  if (size === 0) return [];
  const top = (capacity: number) => firstDocs(sources, hits, capacity, limit, searchAfter);
  if (groups === undefined) return yield* top(from + size);
  return (yield* limit.within(firstOfGroups(top, from + size, groups, hits, order))) ?? [];
}

function* firstDocs(
  sources: readonly SortSource[],
  hits: DocSet,
  capacity: number,
  limit: TimeLimit,
  searchAfter?: SearchRequest['searchAfter'],
): Steps<readonly number[]> {
  const docs = new TopDocs(sources, Math.min(capacity, hits.size), searchAfter);
  yield* limit.within(docs.collect(hits));
  return yield* docs.sorted();
}

/** compat: the highest score is found without being asked for only where hits are in order of their scores and nothing else. */
function* highestScore(firsts: readonly FirstHits[], request: SearchRequest, limit: TimeLimit): Steps<number | null> {
  if (!request.trackScores && !isByScore(request.sort)) return null;
  const isInOrder = isByScore(request.sort) && request.searchAfter === undefined;
  let highest: number | null = null;
  for (const { found, docs } of firsts) {
    const [best] = isInOrder ? docs : yield* firstDocs([scoreOnly(found.clause)], found.hits, 1, limit);
    if (best !== undefined) highest = Math.max(highest ?? Number.NEGATIVE_INFINITY, found.clause.score(best));
  }
  return highest;
}

function scoreOnly(clause: Clause): SortSource {
  const key = (doc: number) => -clause.score(doc);
  return { key, mergeKey: key, isDescending: true, value: (doc) => -key(doc), compareWith: () => () => 0 };
}

/**
 * The hits of a page; where they show more than their documents, each may take a while. What cannot be shown of one of several indices keeps none
 * but its hits out.
 */
function* toHits(
  page: readonly FoundCandidate[],
  request: SearchRequest,
  hasScores: boolean,
  isOfSeveral: boolean,
): Steps<Pick<SearchResult, 'hits' | 'fetchFailures'>> {
  const hits: Hit[] = [];
  const fetchFailures = new Map<string, DaybookError>();
  for (const candidate of page) {
    const { name } = candidate.found.index;
    if (fetchFailures.has(name)) continue;
    try {
      hits.push(toHit(candidate, request, hasScores));
    } catch (error) {
      if (!isOfSeveral || !isDaybookError(error)) throw error;
      fetchFailures.set(name, error);
    }
    yield;
  }
  return { hits: hits.filter(({ index }) => !fetchFailures.has(index)), fetchFailures };
}

function toHit({ found, doc }: FoundCandidate, request: SearchRequest, hasScores: boolean): Hit {
  const { index, sources, fetch, groups } = found;
  const hit = hitOf(index, found, doc, { sources: isByScore(request.sort) ? [] : sources, hasScores, fetch });
  if (groups === undefined) return hit;
  const value = groups.value(doc);
  return { ...hit, collapsed: groups.isDouble && typeof value === 'number' ? new Double(value) : value };
}
