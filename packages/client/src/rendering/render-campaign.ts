import type { Campaign } from '../ades/campaigns.ts';
import { formatAge, formatDuration } from './format-time.ts';
import { tintOf } from './job-columns.ts';
import { progressLine } from './progress.ts';
import { safeText } from './safe-text.ts';
import type { Style } from './style.ts';
import { type Column, renderPairs, renderTable } from './table.ts';

type ErrorClass = Campaign['error-classes'][number];

const ERROR_COLUMNS: readonly Column<ErrorClass>[] = [
  { title: 'FAILED', text: ({ count }) => String(count), align: 'right' },
  { title: 'EXAMPLE', text: ({ example }) => example?.jobID ?? '' },
  { title: 'ERROR CLASS', text: (each) => each['error-class'] },
];

/** A campaign for a person: how far it is, how its jobs are, when it will be over, and what went wrong. */
export function renderCampaign(campaign: Campaign, style: Style, width: number | undefined): string {
  const { label, total, done, open, states, processes, duration, rate, 'error-classes': errors } = campaign;
  const pairs = renderPairs(
    [
      ['jobs', statesText(states, style)],
      ['processes', processes.map((each) => `${safeText(each['process-id'])} (${each.count})`).join(', ')],
      ['submitted', submittedText(campaign)],
      ['duration', durationText(duration)],
      ['rate', rate === undefined || rate === 0 ? undefined : `${rate.toFixed(1)} a minute`],
      ['ends', open === 0 ? 'all have ended' : campaign['estimated-end'] && `about ${campaign['estimated-end']}`],
    ],
    style,
  );
  const head = `${progressLine({ what: style('bold', safeText(label)), total }, done)}\n${pairs}`;
  return errors.length === 0 ? head : `${head}\n${renderTable(ERROR_COLUMNS, errors, { style, width })}`;
}

function statesText(states: Campaign['states'], style: Style): string {
  return Object.entries(states)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => {
      const tint = tintOf(state);
      const text = `${count} ${state}`;
      return tint === undefined ? text : style(tint, text);
    })
    .join(', ');
}

function submittedText({ 'first-submitted': first, 'last-submitted': last }: Campaign): string | undefined {
  if (first === undefined) return undefined;
  return last === undefined || last === first ? `${first} (${formatAge(first)} ago)` : `${first} to ${last}`;
}

function durationText(duration: Campaign['duration']): string | undefined {
  const { p50, p95 } = duration ?? {};
  if (p50 === undefined || p95 === undefined) return undefined;
  return `half within ${formatDuration(p50)}, 95 % within ${formatDuration(p95)}`;
}
