import type { JobState } from '@daybook/jobs';
import type { JobsDatabase } from '@daybook/jobs-database';
import { instantOf, type Metric, stateCounts, type TermBucket, type Terms } from './aggregations.ts';

/** A label, and how its jobs are. */
export interface CampaignEntry {
  readonly label: string;
  readonly total: number;
  readonly states: Readonly<Record<JobState, number>>;
  readonly 'last-submitted'?: string;
}

interface LabelBucket extends TermBucket {
  readonly last: Metric;
  readonly states: Terms;
}

/** The labels, those of the jobs that were submitted last first; with `text`, those that contain it, in which `*` stands for any text. */
export async function listCampaigns(
  database: Pick<JobsDatabase, 'rawSearch'>,
  { limit, text }: { readonly limit: number; readonly text?: string },
): Promise<readonly CampaignEntry[]> {
  const include = text === undefined ? {} : { include: `.*${text.split('*').map(escapeRegexp).join('.*')}.*` };
  const aggs = { last: { max: { field: 'submit-time' } }, states: { terms: { field: 'state' } } };
  const answer: unknown = await database.rawSearch({
    size: 0,
    aggs: {
      labels: { terms: { field: 'labels', size: limit, order: [{ last: 'desc' }, { _key: 'asc' }], ...include }, aggs },
    },
  });
  const { labels } = (answer as { readonly aggregations: { readonly labels: Terms<LabelBucket> } }).aggregations;
  return labels.buckets.map(({ key, doc_count: total, states, last }) => ({
    label: key,
    total,
    states: stateCounts(states),
    ...instantOf('last-submitted', last),
  }));
}

/** In the syntax of Lucene, in which more characters mean something than in JavaScript's. */
function escapeRegexp(text: string): string {
  return text.replace(/[.?+*|{}[\]()"\\#@&<>~^$-]/g, '\\$&');
}
