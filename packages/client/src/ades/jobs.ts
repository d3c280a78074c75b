import type { Transport } from './transport.ts';

export type JobState = 'accepted' | 'running' | 'successful' | 'failed' | 'dismissed';

/** A job as OGC API – Processes shows it, with what Daybook adds. Members that are not known are absent. */
export interface StatusInfo {
  readonly jobID: string;
  readonly processID?: string;
  readonly status: JobState;
  readonly message: string;
  readonly created?: string;
  readonly started?: string;
  readonly finished?: string;
  readonly updated?: string;
  /** 0 to 100. */
  readonly progress?: number;
  readonly labels?: readonly string[];
  readonly 'user-id'?: string;
  readonly 'error-class'?: string;
  readonly 'retry-of'?: string;
  readonly 'superseded-by'?: string;
  readonly links: readonly { readonly rel: string; readonly href: string }[];
}

/** What is executed: the body of an OGC execute request. */
export interface Execution {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly labels?: readonly string[];
}

/** Jobs of one page, where more than a page are asked for. */
const PAGE_JOBS = 1_000;

/** A page of the job list. */
interface JobPage {
  readonly jobs: readonly StatusInfo[];
  /** Whether there are jobs behind it. */
  readonly hasMore: boolean;
}

/** Whether nothing more will happen to a job. */
export function hasEnded({ status }: Pick<StatusInfo, 'status'>): boolean {
  return status !== 'accepted' && status !== 'running';
}

/** The path of a job. */
export function jobPath(id: string): string {
  return `/jobs/${encodeURIComponent(id)}`;
}

/** Submits a job. The same `key` again makes no second job. */
export async function executeProcess(
  ades: Transport,
  processId: string,
  execution: Execution,
  key: string,
): Promise<StatusInfo> {
  const { body } = await ades.send({
    method: 'POST',
    path: `/processes/${encodeURIComponent(processId)}/execution`,
    headers: { 'content-type': 'application/json', prefer: 'respond-async', 'idempotency-key': key },
    body: JSON.stringify({ ...execution, response: 'document' }),
    repeatable: true,
  });
  return body as StatusInfo;
}

/** The first `limit` jobs that the query parameters of `GET /jobs` select, page by page; at least one page, which may be empty. */
export async function* listJobs(
  ades: Transport,
  query: URLSearchParams,
  limit: number,
): AsyncGenerator<JobPage, void, undefined> {
  let asked = new URLSearchParams(query);
  for (let left = limit; ; ) {
    asked.set('limit', String(Math.min(left, PAGE_JOBS)));
    const { body } = await ades.send({ path: `/jobs?${asked}` });
    const { jobs, links } = body as Pick<JobPage, 'jobs'> & Pick<StatusInfo, 'links'>;
    const next = links.find(({ rel }) => rel === 'next');
    yield { jobs, hasMore: next !== undefined };
    left -= jobs.length;
    if (next === undefined || left <= 0) return;
    asked = new URL(next.href).searchParams;
  }
}

/** Rejects with `not-found` where there is none of that id. */
export async function getJob(ades: Transport, id: string): Promise<StatusInfo> {
  const { body } = await ades.send({ path: jobPath(id) });
  return body as StatusInfo;
}
