import type { Command } from 'commander';
import { listQueues, type Queue } from '../ades/queues.ts';
import type { CommandContext } from '../command-context.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { formatDuration } from '../rendering/format-time.ts';
import { addFormatOptions, type FormatOptions, formatOf, print } from '../rendering/print.ts';
import { renderList } from '../rendering/render-list.ts';
import { styleOf } from '../rendering/style.ts';
import type { Column } from '../rendering/table.ts';

const COLUMNS: readonly Column<Queue>[] = [
  { title: 'QUEUE', text: ({ name }) => name },
  { title: 'WAITING', text: ({ waiting }) => String(waiting), align: 'right' },
  { title: 'IN FLIGHT', text: (queue) => String(queue['in-flight']), align: 'right' },
  {
    title: 'OLDEST',
    text: ({ 'oldest-seconds': seconds }) => (seconds === undefined ? '' : formatDuration(seconds)),
    raw: (queue) => queue['oldest-seconds'],
    align: 'right',
  },
  {
    title: 'DEAD LETTERS',
    text: (queue) => String(queue['dead-letters'] ?? ''),
    align: 'right',
    tint: (queue) => ((queue['dead-letters'] ?? 0) > 0 ? 'red' : undefined),
  },
];

/** `daybook queues` */
export function configure(command: Command, context: CommandContext): void {
  addFormatOptions(addConnectionOption(command)).action(async (options: ConnectionOptions & FormatOptions) => {
    const format = formatOf(options);
    const queues = await listQueues(connect(options, context));
    print(renderList(format, COLUMNS, queues, { style: styleOf(process.stdout, context.environment) }));
  });
}
