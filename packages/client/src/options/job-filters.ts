import type { Command } from 'commander';
import { parseMoment } from './parse-duration.ts';
import { repeated } from './parse-integer.ts';

/** Which jobs are meant: those that every filter selects. */
export interface JobFilters {
  /** All of these. */
  readonly label?: readonly string[];
  /** Any of these. */
  readonly status?: readonly string[];
  readonly process?: readonly string[];
  readonly user?: readonly string[];
  /** `name=value`; all of these. */
  readonly input?: readonly string[];
  /** Any of these. */
  readonly errorClass?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  /** A query string of Lucene. */
  readonly query?: string;
}

/** Gives a command the filters of jobs. */
export function addJobFilters(command: Command): Command {
  return command
    .option('-l, --label <LABEL>', 'with this label (repeat: with all of them)', repeated)
    .option('--status <STATUS>', 'accepted, running, successful, failed or dismissed (repeat: any of them)', repeated)
    .option('--process <ID>', 'of this process (repeat: of any of them)', repeated)
    .option('--user <ID>', 'of this user (repeat: of any of them)', repeated)
    .option('--input <NAME=VALUE>', 'with this input (repeat: with all of them)', repeated)
    .option('--error-class <CLASS>', 'that failed alike: see "daybook errors" (repeat: any of them)', repeated)
    .option('--since <TIME>', 'submitted since then: a time, or how long ago, such as 2h')
    .option('--until <TIME>', 'submitted until then')
    .option('-q, --query <QUERY>', 'a Lucene query string, such as "exit-code:3 AND message:band*"');
}

/** The query parameters of `GET /jobs` that mean the same. */
export function filterParameters(filters: JobFilters): URLSearchParams {
  const query = new URLSearchParams();
  for (const each of filters.label ?? []) query.append('label', each);
  for (const each of filters.status ?? []) query.append('status', each);
  for (const each of filters.process ?? []) query.append('processID', each);
  for (const each of filters.user ?? []) query.append('user', each);
  for (const each of filters.input ?? []) query.append('input', each);
  for (const each of filters.errorClass ?? []) query.append('error-class', each);
  if (filters.since !== undefined || filters.until !== undefined) {
    query.set('datetime', `${momentOf('--since', filters.since)}/${momentOf('--until', filters.until)}`);
  }
  if (filters.query !== undefined) query.set('q', filters.query);
  return query;
}

/**
 * The query parameters of `GET /jobs/events` of all jobs whose changes can change what the filters select: those that would hide a job as soon as it changes so that it is selected no longer
 * are left out.
 */
export function changeParameters({ label, process, user, input, since, until }: JobFilters): URLSearchParams {
  const lasting = { label, process, user, input, since, until };
  const known = Object.fromEntries(Object.entries(lasting).filter(([, value]) => value !== undefined));
  const query = filterParameters(known);
  query.set('initial', 'false');
  return query;
}

function momentOf(name: string, text: string | undefined): string {
  return text === undefined ? '..' : parseMoment(name, text).toISOString();
}
