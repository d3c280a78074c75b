import type { JobState } from './jobs.ts';
import type { Transport } from './transport.ts';

/** How many jobs there are of each state; one of which there are none may be absent. */
type StateCounts = Readonly<Partial<Record<JobState, number>>>;

/** The jobs that have one label, summed up. */
export interface Campaign {
  readonly label: string;
  readonly total: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly states: StateCounts;
  readonly open: number;
  readonly done: number;
  /** The most frequent first. */
  readonly 'error-classes': readonly {
    readonly 'error-class': string;
    readonly count: number;
    readonly example?: { readonly jobID: string; readonly error?: string };
  }[];
  readonly processes: readonly { readonly 'process-id': string; readonly count: number }[];
  readonly 'first-submitted'?: string;
  readonly 'last-submitted'?: string;
  readonly 'last-stopped'?: string;
  /** Jobs that ended a minute, over the last ten. */
  readonly rate?: number;
  readonly 'estimated-end'?: string;
  /** Seconds. */
  readonly duration?: { readonly p50?: number; readonly p95?: number };
}

/** A label with how its jobs are. */
export interface CampaignSummary {
  readonly label: string;
  readonly total: number;
  readonly states: StateCounts;
  readonly 'last-submitted'?: string;
}

/** Rejects with `not-found` where no job has the label. */
export async function getCampaign(ades: Transport, label: string): Promise<Campaign> {
  const { body } = await ades.send({ path: `/campaigns/${encodeURIComponent(label)}` });
  return body as Campaign;
}

/** The labels, the one with the newest jobs first. */
export async function listCampaigns(
  ades: Transport,
  limit: number,
  query?: string,
): Promise<readonly CampaignSummary[]> {
  const parameters = new URLSearchParams({ limit: String(limit), ...(query !== undefined && { q: query }) });
  const { body } = await ades.send({ path: `/campaigns?${parameters}` });
  return (body as { readonly campaigns: readonly CampaignSummary[] }).campaigns;
}
