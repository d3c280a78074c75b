import type { ElasticsearchClient } from '@daybook/elasticsearch-client';
import type { JobDocument, JobUpdate } from '@daybook/jobs';
import type { CallOptions } from './call-options.ts';
import { JOB_UPDATES_INDEX, JOBS_INDEX } from './indices.ts';
import type { JobFilter } from './job-filter.ts';
import { jobQuery } from './job-query.ts';
import type { Page, PageRequest } from './page.ts';
import { resolvePage } from './page.ts';

/** What an answer leaves out: it can be as long as the workflow made it. */
const LONG_FIELDS = ['inputs', 'outputs', 'input-values', 'output-values', 'merge', 'results', 'resources'] as const;

/** A job and the number of the write that made it what it is; the index counts its writes. */
export interface ChangedJob {
  readonly change: number;
  readonly job: JobDocument;
}

/** Which changes of jobs. */
export interface ChangeSearch {
  readonly filter?: JobFilter;
  /** Those behind this one; undefined: from the first. */
  readonly after?: number | undefined;
  readonly limit: number;
}

/** See `JobsDatabase.changedJobs`. */
export async function changedJobs(
  client: ElasticsearchClient,
  { filter = {}, after, limit }: ChangeSearch,
  options: CallOptions = {},
): Promise<readonly ChangedJob[]> {
  const found = await client.search<JobDocument>(
    JOBS_INDEX,
    {
      query: jobQuery(filter),
      sort: [{ _seq_no: { order: 'asc' } }],
      ...(after !== undefined && { search_after: [after] }),
      size: limit,
      _source: { excludes: LONG_FIELDS },
      track_total_hits: false,
    },
    options,
  );
  return found.hits.flatMap(({ source, sort }) =>
    source === undefined ? [] : [{ change: Number(sort?.[0]), job: source }],
  );
}

/** See `JobsDatabase.lastChange`. */
export async function lastChange(client: ElasticsearchClient, options: CallOptions = {}): Promise<number> {
  const search = { sort: [{ _seq_no: { order: 'desc' } }], size: 1, _source: false, track_total_hits: false } as const;
  const [last] = (await client.search(JOBS_INDEX, search, options)).hits;
  return last === undefined ? -1 : Number(last.sort?.[0]);
}

/** See `JobsDatabase.updatesOf`. */
export async function updatesOf(
  client: ElasticsearchClient,
  jobId: string,
  page: PageRequest = {},
  options: CallOptions = {},
): Promise<Page<JobUpdate>> {
  const found = await client.search<JobUpdate & Readonly<Record<string, unknown>>>(
    JOB_UPDATES_INDEX,
    {
      query: { term: { id: jobId } },
      sort: [{ time: { order: 'asc' } }, { 'event-id': { order: 'asc' } }],
      ...resolvePage(page, 100),
      track_total_hits: true,
    },
    options,
  );
  return { items: found.hits.map(({ source }) => source!), total: found.total };
}
