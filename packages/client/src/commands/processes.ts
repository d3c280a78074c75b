import type { Command } from 'commander';
import { listProcesses, type ProcessSummary } from '../ades/processes.ts';
import type { CommandContext } from '../command-context.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { addFormatOptions, type FormatOptions, formatOf, print } from '../rendering/print.ts';
import { renderList } from '../rendering/render-list.ts';
import { styleOf } from '../rendering/style.ts';
import type { Column } from '../rendering/table.ts';

const COLUMNS: readonly Column<ProcessSummary>[] = [
  { title: 'PROCESS', text: ({ id }) => id },
  { title: 'VERSION', text: ({ version }) => version },
  { title: 'TITLE', text: ({ title }) => title },
];

/** `daybook processes` */
export function configure(command: Command, context: CommandContext): void {
  addConnectionOption(addFormatOptions(command)).action(async (options: ConnectionOptions & FormatOptions) => {
    const format = formatOf(options);
    const processes = await listProcesses(connect(options, context));
    const style = styleOf(process.stdout, context.environment);
    print(renderList(format, COLUMNS, processes, { style, width: process.stdout.columns }));
  });
}
