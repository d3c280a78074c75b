import type { StatusInfo } from '../ades/jobs.ts';
import type { JobSource } from '../ades/search.ts';
import { formatBytes } from './format-bytes.ts';
import { formatDuration, secondsBetween } from './format-time.ts';
import { ranSeconds, statusText, tintOf } from './job-columns.ts';
import { safeText } from './safe-text.ts';
import type { Style } from './style.ts';
import { renderPairs } from './table.ts';

/** A job for a person: how it is, when it did what, what it was given, made and used, and what it failed by. */
export function renderJob(job: StatusInfo, document: JobSource, style: Style): string {
  const waited = secondsBetween(job.created, job.started);
  const ran = ranSeconds(job);
  const status = statusText(job);
  const tint = tintOf(job.status);
  const parts = [
    renderPairs(
      [
        ['job', job.jobID],
        ['process', job.processID],
        ['status', tint === undefined ? status : style(tint, status)],
        ['message', safeText(job.message)],
        ['error class', job['error-class'] && safeText(job['error-class'])],
        ['labels', job.labels?.map(safeText).join(', ')],
        ['user', job['user-id']],
        ['submitted', job.created],
        ['started', job.started && `${job.started}${waited === undefined ? '' : `, after ${formatDuration(waited)}`}`],
        ['ended', job.finished],
        ['ran', ran === undefined ? undefined : formatDuration(ran)],
        ['used', usedText(document)],
        ['worker', textOf(document.worker)],
        ['attempts', Number(document.attempts) > 1 ? String(document.attempts) : undefined],
        ['retry of', job['retry-of']],
        ['superseded by', job['superseded-by']],
      ],
      style,
    ),
    renderMembers('inputs', document.inputs, style),
    renderMembers('outputs', document.outputs, style),
  ];
  const error = textOf(document.error);
  if (error !== undefined) parts.push(`${style('dim', 'error')}\n${error.split('\n').map(safeLine).join('\n')}\n`);
  return parts.filter((part) => part !== '').join('\n');
}

function renderMembers(title: string, members: unknown, style: Style): string {
  if (typeof members !== 'object' || members === null || Object.keys(members).length === 0) return '';
  const pairs = Object.entries(members).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [`  ${safeText(name)}`, safeText(text)] as const;
  });
  return `${style('dim', title)}\n${renderPairs(pairs, style)}`;
}

function usedText(document: JobSource): string | undefined {
  const { 'cpu-seconds': cpu, 'peak-memory': memory } = document;
  const used = [
    ...(typeof cpu === 'number' ? [`${formatDuration(cpu)} of processor time`] : []),
    ...(typeof memory === 'number' ? [`${formatBytes(memory)} of memory`] : []),
  ];
  return used.length === 0 ? undefined : used.join(', ');
}

function safeLine(line: string): string {
  return `  ${safeText(line)}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
