import type { Command } from 'commander';
import { type CampaignSummary, listCampaigns } from '../ades/campaigns.ts';
import type { CommandContext } from '../command-context.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { integerOption } from '../options/parse-integer.ts';
import { formatAge } from '../rendering/format-time.ts';
import { addFormatOptions, type FormatOptions, formatOf, print } from '../rendering/print.ts';
import { renderList } from '../rendering/render-list.ts';
import { styleOf } from '../rendering/style.ts';
import type { Column } from '../rendering/table.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1_000;

interface Options extends ConnectionOptions, FormatOptions {
  readonly limit: number;
  readonly query?: string;
}

const COLUMNS: readonly Column<CampaignSummary>[] = [
  { title: 'LABEL', text: ({ label }) => label },
  { title: 'JOBS', text: ({ total }) => String(total), align: 'right' },
  ...(['accepted', 'running', 'successful', 'failed', 'dismissed'] as const).map(
    (state): Column<CampaignSummary> => ({
      title: state.toUpperCase(),
      text: ({ states }) => String(states[state] ?? 0),
      align: 'right',
      tint: ({ states }) => (state === 'failed' && (states.failed ?? 0) > 0 ? 'red' : undefined),
    }),
  ),
  {
    title: 'LAST SUBMITTED',
    text: (campaign) => formatAge(campaign['last-submitted']),
    raw: (campaign) => campaign['last-submitted'],
    align: 'right',
  },
];

/** `daybook campaigns` */
export function configure(command: Command, context: CommandContext): void {
  addFormatOptions(addConnectionOption(command))
    .option('--limit <N>', 'most labels to show', integerOption('--limit', 1, MAX_LIMIT), DEFAULT_LIMIT)
    .option('-q, --query <QUERY>', 'of the jobs that this Lucene query string finds')
    .action(async (options: Options) => {
      const format = formatOf(options);
      const campaigns = await listCampaigns(connect(options, context), options.limit, options.query);
      const style = styleOf(process.stdout, context.environment);
      print(renderList(format, COLUMNS, campaigns, { style, width: process.stdout.columns }));
    });
}
