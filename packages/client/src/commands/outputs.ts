import type { Command } from 'commander';
import { type Output, readOutputs } from '../ades/results.ts';
import type { Transport } from '../ades/transport.ts';
import type { CommandContext } from '../command-context.ts';
import { downloadOutputs } from '../download/download-outputs.ts';
import { EXIT } from '../exit-codes.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { addFormatOptions, type FormatOptions, formatOf, print, tell } from '../rendering/print.ts';
import { renderList } from '../rendering/render-list.ts';
import { styleOf } from '../rendering/style.ts';
import type { Column } from '../rendering/table.ts';

interface Options extends ConnectionOptions, FormatOptions {
  readonly download?: string;
}

const COLUMNS: readonly Column<Output>[] = [
  { title: 'OUTPUT', text: ({ name }) => name },
  { title: 'VALUE', text: ({ href, value }) => href ?? JSON.stringify(value) },
];

/** `daybook outputs ID` */
export function configure(command: Command, context: CommandContext): void {
  addFormatOptions(addConnectionOption(command))
    .argument('<id>', 'the job')
    .option('--download <DIR>', 'bring them there; what was begun is gone on with, and what is there is left')
    .action(async (id: string, options: Options) => {
      const format = formatOf(options);
      const ades = connect(options, context);
      const outputs = await readOutputs(ades, id);
      if (options.download === undefined) {
        const style = styleOf(process.stdout, context.environment);
        print(renderList(format, COLUMNS, outputs, { style }));
      } else await download(ades, id, outputs, { folder: options.download, signal: context.signal });
    });
}

async function download(
  ades: Transport,
  id: string,
  outputs: readonly Output[],
  where: { readonly folder: string; readonly signal: AbortSignal },
): Promise<void> {
  for await (const { result, place } of downloadOutputs(ades, id, outputs, where)) {
    if (result === 'elsewhere') {
      process.exitCode = EXIT.failure;
      tell(`${place} is not kept by the ADES: fetch it from there`);
    } else if (result === 'present') tell(`${place} is there already`);
    else print(`${place}\n`);
  }
}
