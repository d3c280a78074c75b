import { CAMPAIGNS, jobDocument, jobId } from './job-documents.mjs';

const DAY_MS = 86_400_000;

/**
 * What a dashboard of jobs asks. Aggregations and counts are never asked twice alike, so that no cache of whole answers helps; pages of hits, which the real
 * engines do not cache, come again after others.
 */
export const SEARCHES = {
  'all, any 10': (n) => ({ size: 10, from: n % 500 }),
  'label, newest 10': (n) => ({
    query: { bool: { filter: [{ term: { labels: campaign(n) } }] } },
    sort: [{ 'start-time': 'desc' }],
    size: 10,
  }),
  'label + status + 30 days, newest 10': (n) => ({
    query: {
      bool: {
        filter: [
          { term: { labels: campaign(n) } },
          { term: { status: 'failed' } },
          { range: { 'start-time': days(n % 300, 30) } },
        ],
      },
    },
    sort: [{ 'start-time': 'desc' }],
    size: 10,
  }),
  'newest 10 of all': (n) => ({
    sort: [{ 'start-time': 'desc' }],
    size: 10,
    query: { range: { 'start-time': days(0, 200 + (n % 160)) } },
  }),
  'query string: label and status': (n) => ({
    query: { query_string: { query: `labels:${campaign(n)} AND status:failed` } },
    size: 10,
  }),
  'words in errors, best 10': (n) => ({
    query: { match: { error: ['memory exceeded', 'checksum', 'antenna orbit timeout'][n % 3] } },
    size: 10,
  }),
  'prefix of an id': (n) => ({ query: { prefix: { id: jobId(n * 97).slice(0, 5) } }, size: 10 }),
};

export const AGGREGATIONS = {
  'status counts': (n) => ({ query: not(n), aggs: { status: { terms: { field: 'status' } } } }),
  'status counts of a label': (n) => ({
    query: { bool: { filter: [{ term: { labels: campaign(n) } }], ...not(n).bool } },
    aggs: { status: { terms: { field: 'status' } } },
  }),
  'day histogram × status': (n) => ({
    query: not(n),
    aggs: {
      days: {
        date_histogram: { field: 'start-time', calendar_interval: 'day' },
        aggs: { status: { terms: { field: 'status' } } },
      },
    },
  }),
  'labels of the failed': (n) => ({
    query: { bool: { filter: [{ term: { status: 'failed' } }, not(n)] } },
    aggs: { labels: { terms: { field: 'labels' } } },
  }),
  'error classes × process, mean duration': (n) => ({
    query: { bool: { filter: [{ range: { 'start-time': days(n % 200, 60) } }], ...not(n).bool } },
    aggs: {
      why: {
        terms: { field: 'error-class' },
        aggs: { process: { terms: { field: 'process-id' }, aggs: { mean: { avg: { field: 'duration' } } } } },
      },
    },
  }),
  'percentiles of duration by process': (n) => ({
    query: not(n),
    aggs: {
      process: {
        terms: { field: 'process-id' },
        aggs: { p: { percentiles: { field: 'duration', percents: [50, 95] } } },
      },
    },
  }),
};

export function countOfUser(n) {
  return { query: { bool: { filter: [{ term: { 'user-id': `user-${n % 50}` } }], ...not(n).bool } } };
}

/** A search over all jobs that takes long in every engine: exact orders of every worker and process, of every day. */
export function longSearch(n) {
  return {
    query: not(n),
    aggs: {
      days: {
        date_histogram: { field: 'start-time', calendar_interval: 'day' },
        aggs: {
          worker: {
            terms: { field: 'worker', size: 20 },
            aggs: { duration: { percentiles: { field: 'duration' } }, users: { cardinality: { field: 'user-id' } } },
          },
        },
      },
    },
  };
}

function campaign(n) {
  return `campaign-${(n * 7) % CAMPAIGNS}`;
}

/** All jobs but one, so that every call differs and none is answered from a cache of answers. */
function not(n) {
  return { bool: { must_not: [{ term: { id: jobId(n * 31) } }] } };
}

function days(from, length) {
  const start = Date.UTC(2025, 0, 1) + from * DAY_MS;
  return { gte: new Date(start).toISOString(), lt: new Date(start + length * DAY_MS).toISOString() };
}

/** The body of a bulk of documents `from` to before `to`. */
export function bulkBody(from, to, count) {
  const lines = [];
  for (let n = from; n < to; n++) {
    lines.push(`{"index":{"_id":"${jobId(n)}"}}`, JSON.stringify(jobDocument(n, count)));
  }
  return `${lines.join('\n')}\n`;
}
