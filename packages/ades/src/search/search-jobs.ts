import { DaybookError } from '@daybook/errors';
import { isJsonObject, type Json, type JsonObject } from '@daybook/jobs';
import type { JobsDatabase } from '@daybook/jobs-database';
import { checkQuery } from './check-query.ts';
import { explainingQuery } from './explain-query.ts';

/** The members of a search body that are passed on: what reads the index `jobs` and nothing else. */
const MEMBERS: readonly string[] = [
  'query',
  'from',
  'size',
  'sort',
  'aggs',
  'aggregations',
  '_source',
  'fields',
  'docvalue_fields',
  'search_after',
  'track_total_hits',
  'track_scores',
  'post_filter',
  'highlight',
  'collapse',
  'min_score',
  'rescore',
  'explain',
  'version',
  'seq_no_primary_term',
  'timeout',
  'terminate_after',
];

/** What the system keeps in a document for itself: the state of the merge, and sealed secrets in it. */
const OWN_MEMBER = 'merge';

/**
 * Answers a search as the engine does, without what the system keeps for itself. Throws `invalid-argument` for members that are not known, or that look elsewhere
 * than at the jobs, and for what the engine does not take.
 */
export async function searchJobs(database: Pick<JobsDatabase, 'rawSearch'>, body: JsonObject): Promise<JsonObject> {
  const unknown = Object.keys(body).find((name) => !MEMBERS.includes(name));
  if (unknown === 'pit' || unknown === 'scroll') {
    throw new DaybookError('invalid-argument', `${unknown} is not offered here: page by search_after, sorted by id`);
  }
  if (unknown !== undefined) {
    throw new DaybookError(
      'invalid-argument',
      `body.${unknown} is not known here: expected some of ${MEMBERS.join(', ')}`,
    );
  }
  checkQuery(body, 'body');
  const search = { ...body, _source: sourceFilter(body._source) };
  return withoutOwn(await explainingQuery('body', body, () => database.rawSearch(search))) as JsonObject;
}

/** Leaves the long member out where it is cheapest: before the answer is sent. */
function sourceFilter(source: Json | undefined): Json {
  if (source === false) return false;
  if (typeof source === 'string' || Array.isArray(source)) return { includes: [source].flat(), excludes: [OWN_MEMBER] };
  if (!isJsonObject(source)) return { excludes: [OWN_MEMBER] };
  const { excludes, exclude, ...rest } = source;
  return { ...rest, excludes: [excludes ?? exclude ?? [], OWN_MEMBER].flat() };
}

/** Hits stand in many places of an answer, such as in top hits, each with a source filter of its own; always in an array `hits`. */
function withoutOwn(part: Json, name?: string): Json {
  if (Array.isArray(part)) return part.map((item) => (name === 'hits' ? withoutOwnInHit(item) : withoutOwn(item)));
  if (!isJsonObject(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([key, member]) => [key, withoutOwn(member, key)]));
}

function withoutOwnInHit(hit: Json): Json {
  if (!isJsonObject(hit)) return hit;
  const members = Object.entries(hit).map(([name, member]): [string, Json] => {
    if (isJsonObject(member) && (name === '_source' || name === 'fields')) return [name, withoutOwnMembers(member)];
    return [name, name === 'inner_hits' ? withoutOwn(member) : member];
  });
  return Object.fromEntries(members);
}

function withoutOwnMembers(document: JsonObject): JsonObject {
  const isOwn = (name: string): boolean => name === OWN_MEMBER || name.startsWith(`${OWN_MEMBER}.`);
  if (!Object.keys(document).some(isOwn)) return document;
  return Object.fromEntries(Object.entries(document).filter(([name]) => !isOwn(name)));
}
