import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { executeProcess } from '../ades/jobs.ts';
import { describeProcess } from '../ades/processes.ts';
import type { Transport } from '../ades/transport.ts';
import type { CommandContext } from '../command-context.ts';
import { type InputValues, valuesOfAssignments } from '../inputs/input-values.ts';
import { readInputFile } from '../inputs/read-input-file.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { parseDuration } from '../options/parse-duration.ts';
import { repeated } from '../options/parse-integer.ts';
import { json, print } from '../rendering/print.ts';
import { waitForJobs } from '../waiting/wait-for-jobs.ts';

interface Options extends ConnectionOptions {
  readonly input?: readonly string[];
  readonly inputs?: string;
  readonly label?: readonly string[];
  readonly wait?: string | boolean;
  readonly key?: string;
  readonly json?: boolean;
}

/** `daybook submit PROCESS` */
export function configure(command: Command, context: CommandContext): void {
  addConnectionOption(command)
    .argument('<process>', 'the process, such as l1b-cwl:develop')
    .option('-i, --input <NAME=VALUE>', 'an input (repeat; the same name again makes an array)', repeated)
    .option('--inputs <FILE>', 'inputs in a JSON or YAML file; - for standard input')
    .option('-l, --label <LABEL>', 'a label (repeat)', repeated)
    .option('--wait [SECONDS]', 'wait until it has ended; exit code 1 if it failed, 2 if the time was over')
    .option('--key <KEY>', 'idempotency key: submitted again with it, nothing is submitted twice (default: at random)')
    .option('--json', 'the job as the ADES gives it')
    .action(async (processId: string, options: Options) => {
      const ades = connect(options, context);
      const timeoutSeconds = typeof options.wait === 'string' ? parseDuration('--wait', options.wait) : undefined;
      const execution = { inputs: await inputsOf(ades, processId, options), labels: options.label ?? [] };
      const job = await executeProcess(ades, processId, execution, options.key ?? randomUUID());
      print(options.json === true ? json(job) : `${job.jobID}\n`);
      if (options.wait !== undefined) await waitForJobs(ades, [job.jobID], { timeoutSeconds, context });
    });
}

/** Those of the file, and over them those that were named one by one. */
async function inputsOf(ades: Transport, processId: string, { input = [], inputs }: Options): Promise<InputValues> {
  const fromFile = inputs === undefined ? {} : await readInputFile(inputs);
  if (input.length === 0) return fromFile;
  const { inputs: declared } = await describeProcess(ades, processId);
  return { ...fromFile, ...valuesOfAssignments('--input', input, declared) };
}
