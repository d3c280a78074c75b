import type { Command } from 'commander';
import { followLog, type LogEntry, listLogs, openLog } from '../ades/logs.ts';
import { readChunks } from '../ades/read-chunks.ts';
import type { Transport } from '../ades/transport.ts';
import type { CommandContext } from '../command-context.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { integerOption } from '../options/parse-integer.ts';
import { usageError } from '../options/usage-error.ts';
import { formatBytes } from '../rendering/format-bytes.ts';
import { addFormatOptions, type FormatOptions, formatOf, print, printMore, tell } from '../rendering/print.ts';
import { renderList } from '../rendering/render-list.ts';
import { styleOf } from '../rendering/style.ts';
import type { Column } from '../rendering/table.ts';

const MAX_TAIL = 100_000;
/** cwltool's own log, in which stands which steps began and ended. */
const RUN_LOG: Pick<LogEntry, 'id' | 'stream'> = { id: 'cwltool', stream: 'log' };

interface Options extends ConnectionOptions, FormatOptions {
  readonly follow?: boolean;
  readonly stdout?: boolean;
  readonly tail?: number;
  readonly list?: boolean;
}

/** `daybook logs ID [STEP]` */
export function configure(command: Command, context: CommandContext): void {
  addFormatOptions(addConnectionOption(command))
    .argument('<id>', 'the job')
    .argument(
      '[step]',
      'a step, such as calibrate, or cwltool for its own log (default: every step that wrote something)',
    )
    .option('-f, --follow', 'until the job ends, from before the step begins; without a step: the log of cwltool')
    .option('--stdout', 'what the step wrote to standard output in the place of standard error')
    .option('--tail <N>', 'the last lines only', integerOption('--tail', 1, MAX_TAIL))
    .option('--list', 'only which logs there are')
    .action(async (id: string, step: string | undefined, options: Options) => {
      const ades = connect(options, context);
      if (options.list === true) await printList(ades, id, options, context);
      else if (options.follow === true) await follow(ades, id, namedLog(step, options), options, context);
      else if (step === undefined) await printEveryStep(ades, id, options, context);
      else await printLog(ades, id, namedLog(step, options), options.tail);
    });
}

function namedLog(step: string | undefined, { stdout = false }: Options): Pick<LogEntry, 'id' | 'stream'> {
  if (step === undefined || step === RUN_LOG.id) return RUN_LOG;
  return { id: step, stream: stdout ? 'stdout' : 'stderr' };
}

const COLUMNS: readonly Column<LogEntry>[] = [
  { title: 'STEP', text: ({ id }) => id },
  { title: 'STREAM', text: ({ stream }) => stream },
  { title: 'SIZE', text: ({ size }) => formatBytes(size), raw: ({ size }) => size, align: 'right' },
];

async function printList(ades: Transport, id: string, options: Options, context: CommandContext): Promise<void> {
  const format = formatOf(options);
  print(renderList(format, COLUMNS, await listLogs(ades, id), { style: styleOf(process.stdout, context.environment) }));
}

async function printEveryStep(ades: Transport, id: string, options: Options, context: CommandContext): Promise<void> {
  const logs = await listLogs(ades, id);
  const stream = options.stdout === true ? 'stdout' : 'stderr';
  const written = logs.filter((log) => log.stream === stream && log.size > 0);
  if (written.length === 0) {
    const others = logs.filter(({ size }) => size > 0).map((log) => `${log.id} (${log.stream})`);
    tell(
      `no step of job ${id} has written to ${stream}${others.length === 0 ? ' yet' : `; there are ${others.join(', ')}`}`,
    );
  }
  const style = styleOf(process.stdout, context.environment);
  for (const log of written) {
    if (written.length > 1) print(`${style('bold', `==> ${log.id} ${log.stream} <==`)}\n`);
    await printLog(ades, id, log, options.tail);
  }
}

async function printLog(
  ades: Transport,
  id: string,
  log: Pick<LogEntry, 'id' | 'stream'>,
  tail: number | undefined,
): Promise<void> {
  for await (const chunk of readChunks(await openLog(ades, id, log, tail))) {
    await printMore(chunk);
  }
}

async function follow(
  ades: Transport,
  id: string,
  log: Pick<LogEntry, 'id' | 'stream'>,
  { tail, stdout }: Options,
  { signal }: CommandContext,
): Promise<void> {
  if (stdout === true && log === RUN_LOG) throw usageError('--stdout: expected a step whose standard output is meant');
  for await (const { event, data } of followLog(ades, id, log, { tail, signal })) {
    if (event === 'message') print(`${data}\n`);
    else if (event === 'restart') tell(`attempt ${data} has begun`);
  }
}
