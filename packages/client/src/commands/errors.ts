import type { Command } from 'commander';
import { type Bucket, bucketsOf, type JobSource, type SearchAnswer, searchJobs } from '../ades/search.ts';
import type { CommandContext } from '../command-context.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { addJobFilters, type JobFilters } from '../options/job-filters.ts';
import { integerOption } from '../options/parse-integer.ts';
import { filterQuery } from '../options/selection.ts';
import { addFormatOptions, type FormatOptions, formatOf, print } from '../rendering/print.ts';
import { renderList } from '../rendering/render-list.ts';
import { safeText } from '../rendering/safe-text.ts';
import { type Style, styleOf } from '../rendering/style.ts';
import type { Column } from '../rendering/table.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1_000;
const SHOWN_LINES = 3;

interface Options extends ConnectionOptions, FormatOptions, JobFilters {
  readonly limit: number;
}

/** Jobs that failed alike. */
interface ErrorGroup {
  readonly 'error-class': string;
  readonly count: number;
  /** The newest of them. */
  readonly example: JobSource;
}

const COLUMNS: readonly Column<ErrorGroup>[] = [
  { title: 'ERROR CLASS', text: (group) => group['error-class'] },
  { title: 'COUNT', text: ({ count }) => String(count), align: 'right' },
  { title: 'EXAMPLE', text: ({ example }) => textOf(example.id) },
  { title: 'ERROR', text: ({ example }) => textOf(example.error) },
];

/** `daybook errors` */
export function configure(command: Command, context: CommandContext): void {
  addFormatOptions(addJobFilters(addConnectionOption(command)))
    .option('--limit <N>', 'most classes to show', integerOption('--limit', 1, MAX_LIMIT), DEFAULT_LIMIT)
    .action(async (options: Options) => {
      const format = formatOf(options);
      const groups = groupsOf(await searchJobs(connect(options, context), searchBody(options)));
      const style = styleOf(process.stdout, context.environment);
      if (format === 'table') for (const group of groups) print(`${renderGroup(group, style)}\n`);
      else print(renderList(format, COLUMNS, groups, { style }));
    });
}

/** What has been submitted again in the meantime is no error to look at any more. */
function searchBody(options: Options): Record<string, unknown> {
  const _source = ['id', 'process-id', 'failed-step', 'exit-code', 'error', 'message', 'stop-time'];
  const newest = { top_hits: { size: 1, sort: [{ 'stop-time': { order: 'desc', missing: '_last' } }], _source } };
  const filter = [{ term: { state: 'failed' } }, filterQuery(options)];
  return {
    size: 0,
    query: { bool: { filter, must_not: { exists: { field: 'superseded-by' } } } },
    aggs: { classes: { terms: { field: 'error-class', size: options.limit }, aggs: { newest } } },
  };
}

function groupsOf(answer: SearchAnswer): readonly ErrorGroup[] {
  return bucketsOf<Bucket & { readonly newest: SearchAnswer }>(answer, 'classes').map(({ key, doc_count, newest }) => ({
    'error-class': key,
    count: doc_count,
    example: newest.hits.hits[0]?._source ?? {},
  }));
}

function renderGroup({ 'error-class': errorClass, count, example }: ErrorGroup, style: Style): string {
  const lines = textOf(example.error ?? example.message)
    .split('\n')
    .map(safeText)
    .filter((line) => line !== '');
  const shown = lines.slice(0, SHOWN_LINES);
  const cut = lines.length > shown.length ? ['…'] : [];
  return [
    `${style('red', String(count))} × ${style('bold', safeText(errorClass))}`,
    ...[...shown, ...cut].map((line) => `    ${line}`),
    `    ${style('dim', `such as ${textOf(example.id)}`)}`,
    '',
  ].join('\n');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
