import type { JobState } from '@daybook/jobs';
import type { JobsDatabase } from '@daybook/jobs-database';
import { countsOf, instantOf, type Metric, stateCounts, type TermBucket, type Terms } from './aggregations.ts';

const MAX_STATUSES = 1_000;
const MAX_PROCESSES = 100;
const MAX_ERROR_CLASSES = 20;
/** Of the example of a class of errors, in characters. */
const MAX_ERROR_LENGTH = 2_000;
const RATE_MINUTES = 10;

/** How all jobs of one label are. Times are ISO 8601. */
export interface Campaign {
  readonly label: string;
  readonly total: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly states: Readonly<Record<JobState, number>>;
  readonly open: number;
  readonly done: number;
  /** Jobs that were retried; their retries are counted as well. */
  readonly superseded: number;
  /** The 20 most frequent. */
  readonly 'error-classes': readonly {
    readonly 'error-class': string;
    readonly count: number;
    readonly example: { readonly jobID: string; readonly error?: string };
  }[];
  readonly processes: readonly { readonly 'process-id': string; readonly count: number }[];
  readonly 'first-submitted'?: string;
  readonly 'last-submitted'?: string;
  readonly 'last-stopped'?: string;
  /** Jobs that ended in a minute, over the last ten or since the first was submitted. */
  readonly rate: number;
  /** When the open ones have ended at this rate. */
  readonly 'estimated-end'?: string;
  /** Seconds. */
  readonly duration: { readonly p50?: number; readonly p95?: number };
}

interface ErrorBucket extends TermBucket {
  readonly example: {
    readonly hits: {
      readonly hits: readonly { readonly _id: string; readonly _source: { readonly error?: unknown } }[];
    };
  };
}

interface Answer {
  readonly hits: { readonly total: { readonly value: number } };
  readonly aggregations: {
    readonly statuses: Terms;
    readonly states: Terms;
    readonly errors: Terms<ErrorBucket>;
    readonly processes: Terms;
    readonly superseded: { readonly doc_count: number };
    readonly ended: { readonly doc_count: number };
    readonly first: Metric;
    readonly last: Metric;
    readonly stopped: Metric;
    readonly durations: { readonly values: Readonly<Record<string, number | null>> };
  };
}

/** The campaign of a label by one search, as searches see it now; undefined where no job has the label. */
export async function findCampaign(
  database: Pick<JobsDatabase, 'rawSearch'>,
  label: string,
  now: Date = new Date(),
): Promise<Campaign | undefined> {
  const answer: unknown = await database.rawSearch(campaignSearch(label, now));
  const { hits, aggregations } = answer as Answer;
  const total = hits.total.value;
  if (total === 0) return undefined;
  const states = stateCounts(aggregations.states);
  const open = states.accepted + states.running;
  const rate = ratePerMinute(aggregations.ended.doc_count, aggregations.first.value, now);
  return {
    label,
    total,
    statuses: countsOf(aggregations.statuses),
    states,
    open,
    done: total - open,
    superseded: aggregations.superseded.doc_count,
    'error-classes': aggregations.errors.buckets.map(errorClass),
    processes: aggregations.processes.buckets.map(({ key, doc_count: count }) => ({ 'process-id': key, count })),
    ...instantOf('first-submitted', aggregations.first),
    ...instantOf('last-submitted', aggregations.last),
    ...instantOf('last-stopped', aggregations.stopped),
    rate,
    ...(open > 0 && rate > 0 && { 'estimated-end': new Date(now.getTime() + (open / rate) * 60_000).toISOString() }),
    duration: durations(aggregations.durations.values),
  };
}

function campaignSearch(label: string, now: Date): Readonly<Record<string, unknown>> {
  const since = new Date(now.getTime() - RATE_MINUTES * 60_000).toISOString();
  const example = { top_hits: { size: 1, _source: ['error'], sort: [{ 'stop-time': { order: 'desc' } }] } };
  return {
    size: 0,
    track_total_hits: true,
    query: { term: { labels: label } },
    aggs: {
      statuses: { terms: { field: 'status', size: MAX_STATUSES } },
      states: { terms: { field: 'state' } },
      errors: { terms: { field: 'error-class', size: MAX_ERROR_CLASSES }, aggs: { example } },
      processes: { terms: { field: 'process-id', size: MAX_PROCESSES } },
      superseded: { filter: { exists: { field: 'superseded-by' } } },
      ended: { filter: { range: { 'stop-time': { gt: since, lte: now.toISOString() } } } },
      first: { min: { field: 'submit-time' } },
      last: { max: { field: 'submit-time' } },
      stopped: { max: { field: 'stop-time' } },
      durations: { percentiles: { field: 'duration', percents: [50, 95] } },
    },
  };
}

function ratePerMinute(ended: number, firstMs: number | null, now: Date): number {
  const age = (now.getTime() - (firstMs ?? 0)) / 60_000;
  return ended / Math.min(RATE_MINUTES, Math.max(age, 1 / 60));
}

function errorClass({ key, doc_count: count, example }: ErrorBucket): Campaign['error-classes'][number] {
  const { _id: jobID, _source: source } = example.hits.hits[0]!;
  const error = typeof source.error === 'string' ? source.error.slice(0, MAX_ERROR_LENGTH) : undefined;
  return { 'error-class': key, count, example: { jobID, ...(error !== undefined && { error }) } };
}

function durations(values: Readonly<Record<string, number | null>>): Campaign['duration'] {
  const { '50.0': p50 = null, '95.0': p95 = null } = values;
  return { ...(p50 !== null && { p50 }), ...(p95 !== null && { p95 }) };
}
