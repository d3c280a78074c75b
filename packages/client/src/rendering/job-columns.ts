import { hasEnded, type JobState, type StatusInfo } from '../ades/jobs.ts';
import { formatAge, formatDuration, secondsBetween } from './format-time.ts';
import type { Tint } from './style.ts';
import type { Column } from './table.ts';

const TINTS: Readonly<Record<JobState, Tint>> = {
  accepted: 'dim',
  running: 'cyan',
  successful: 'green',
  failed: 'red',
  dismissed: 'yellow',
};

/** The tint of a state; undefined for what is none. */
export function tintOf(state: string): Tint | undefined {
  return Object.hasOwn(TINTS, state) ? TINTS[state as JobState] : undefined;
}

/** A job's status, with how far it is while it runs. */
export function statusText({ status, progress }: StatusInfo): string {
  return status === 'running' && progress !== undefined ? `running ${progress} %` : status;
}

/** Seconds that a job has run so far, or ran in all. */
export function ranSeconds(job: StatusInfo, now: number = Date.now()): number | undefined {
  const end = job.finished ?? (hasEnded(job) ? undefined : new Date(now).toISOString());
  return secondsBetween(job.started, end);
}

/** The columns of a list of jobs; the id first. */
export const jobColumns: readonly Column<StatusInfo>[] = [
  { title: 'JOB', text: (job) => job.jobID },
  { title: 'PROCESS', text: (job) => job.processID ?? '' },
  {
    title: 'STATUS',
    text: statusText,
    raw: (job) => job.status,
    tint: (job) => tintOf(job.status),
  },
  { title: 'AGE', text: (job) => formatAge(job.created), raw: (job) => job.created, align: 'right' },
  {
    title: 'DURATION',
    text: (job) => {
      const seconds = ranSeconds(job);
      return seconds === undefined ? '' : formatDuration(seconds);
    },
    raw: (job) => secondsBetween(job.started, job.finished),
    align: 'right',
  },
  { title: 'LABELS', text: (job) => shortLabels(job.labels ?? []), raw: (job) => (job.labels ?? []).join(' ') },
  { title: 'MESSAGE', text: (job) => job.message, raw: (job) => job.message },
];

const SHOWN_LABELS_CHARS = 32;

function shortLabels(labels: readonly string[]): string {
  const all = labels.join(',');
  return all.length <= SHOWN_LABELS_CHARS ? all : `${all.slice(0, SHOWN_LABELS_CHARS - 1)}…`;
}
