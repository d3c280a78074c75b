import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { executeProcess } from '../ades/jobs.ts';
import { describeProcess } from '../ades/processes.ts';
import type { Transport } from '../ades/transport.ts';
import type { CommandContext } from '../command-context.ts';
import { type DeclaredInputs, type InputValues, valuesOfAssignments } from '../inputs/input-values.ts';
import { readInputFile } from '../inputs/read-input-file.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { parseDuration } from '../options/parse-duration.ts';
import { repeated } from '../options/parse-integer.ts';
import { usageError } from '../options/usage-error.ts';
import { json, print } from '../rendering/print.ts';
import { waitForJobs } from '../waiting/wait-for-jobs.ts';

interface Options extends ConnectionOptions {
  readonly input?: readonly string[];
  readonly inputs?: string;
  readonly label?: readonly string[];
  readonly each?: string;
  readonly dedupe?: boolean;
  readonly dryRun?: boolean;
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
    .option(
      '--each <FILE>',
      'a job for each line of a table, - for standard input: CSV whose header names inputs, or a JSON object a line',
    )
    .option('--dedupe', 'of --each: none whose inputs a job that succeeded had')
    .option('--dry-run', 'of --each: only check the lines')
    .option('--wait [SECONDS]', 'wait until all have ended; exit code 1 if one failed, 2 if the time was over')
    .option('--key <KEY>', 'idempotency key: submitted again with it, nothing is submitted twice (default: at random)')
    .option('--json', 'the job as the ADES gives it; of --each, a line of JSON for each line')
    .action(async (processId: string, options: Options) => {
      const ades = connect(options, context);
      const timeoutSeconds = typeof options.wait === 'string' ? parseDuration('--wait', options.wait) : undefined;
      const submit = options.each === undefined ? submitOne : submitEach;
      const jobIds = await submit(ades, processId, options, context);
      if (options.wait !== undefined) await waitForJobs(ades, jobIds, { timeoutSeconds, context });
    });
}

async function submitOne(ades: Transport, processId: string, options: Options): Promise<readonly string[]> {
  const { dedupe, dryRun, input = [], label: labels = [], key = randomUUID() } = options;
  if (dedupe === true || dryRun === true)
    throw usageError(`--${dedupe === true ? 'dedupe' : 'dry-run'}: expected --each`);
  const declared = input.length === 0 ? {} : (await describeProcess(ades, processId)).inputs;
  const job = await executeProcess(ades, processId, { inputs: await inputsOf(options, declared), labels }, key);
  print(options.json === true ? json(job) : `${job.jobID}\n`);
  return [job.jobID];
}

async function submitEach(
  ades: Transport,
  processId: string,
  options: Options,
  { signal }: CommandContext,
): Promise<readonly string[]> {
  const { dedupe = false, dryRun = false, label: labels = [], key = randomUUID(), each: path = '-' } = options;
  if (path === '-' && options.inputs === '-') throw usageError('--each and --inputs cannot both be standard input');
  const [{ submitTable }, { printTable }, { openTable }, { inputs: declared }] = await Promise.all([
    import('../submission/submit-table.ts'),
    import('../submission/print-table.ts'),
    import('../submission/table-source.ts'),
    describeProcess(ades, processId),
  ]);
  const common = await inputsOf(options, declared);
  const source = await openTable(path);
  const table = { processId, declared, source, common, labels, dryRun, dedupe, key, signal };
  return await printTable(submitTable(ades, table), { dryRun, json: options.json === true, key, source });
}

/** Those of the file, and over them those that were named one by one. */
async function inputsOf({ input = [], inputs }: Options, declared: DeclaredInputs): Promise<InputValues> {
  const fromFile = inputs === undefined ? {} : await readInputFile(inputs);
  return { ...fromFile, ...valuesOfAssignments('--input', input, declared) };
}
