/** What the command line and the environment say, before anything in it is parsed as JSON. */
export interface UpdateJobArguments {
  readonly jobId: string;
  readonly topicArn: string;
  readonly status?: string;
  /** JSON text. */
  readonly inputs?: string;
  /** JSON text, or the path of a file that has it. */
  readonly outputs?: string;
  /** JSON text of an array. */
  readonly labels?: string;
  readonly progress?: string;
  readonly step?: string;
  readonly message?: string;
}

/** What was understood, or what to tell the user. */
export type ParsedArguments =
  | { readonly arguments: UpdateJobArguments }
  | { readonly help: true }
  | { readonly problem: string };

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Name = keyof UpdateJobArguments | 'authMethod';

/** The names that the generations of the Update Job step have used; `-` may stand for `_`. */
const OPTIONS: ReadonlyMap<string, Name> = new Map([
  ['job_id', 'jobId'],
  ['job_status', 'status'],
  ['update_status', 'status'],
  ['job_inputs', 'inputs'],
  ['job_outputs', 'outputs'],
  ['tags', 'labels'],
  ['labels', 'labels'],
  ['jobs_data_sns_topic_arn', 'topicArn'],
  ['topic_arn', 'topicArn'],
  ['aws_auth_method', 'authMethod'],
  ['progress', 'progress'],
  ['step', 'step'],
  ['message', 'message'],
]);

/** Options without a value. Outputs are sent whenever they are known, so the oldest form's flag changes nothing. */
const FLAGS: ReadonlySet<string> = new Set(['update_results', 'help']);

/** The usage, as `--help` and problems show it. */
export const USAGE: string = `usage: update-job [JOB_ID] [--job_id ID] [--job_status STATUS | --update_status STATUS]
                  [--job_inputs JSON] [--job_outputs JSON|FILE] [--tags JSON]
                  [--progress PERCENT] [--step NAME] [--message TEXT] [--update_results]
                  [--jobs_data_sns_topic_arn ARN | --topic_arn ARN] [--aws_auth_method iam]
Environment: DAYBOOK_UPDATE_SOCKET, JOBS_DATA_SNS_TOPIC_ARN, AWS_ENDPOINT_URL_SNS, AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, ….
Empty values and "none" are as if they were not given.`;

/** A topic's ARN: partition, region, account and name. */
const TOPIC_ARN = /^arn:[\w-]+:sns:[\w-]+:\d*:[\w-]+(?:\.fifo)?$/;
/** The rule of job ids, which are message groups too; the package `jobs` checks it again when the update arrives. */
const JOB_ID = /^[A-Za-z0-9][A-Za-z0-9._:@+=~-]{0,127}$/;

/** Reads all forms of the command line in which the Update Job step has been written. */
export function parseArguments(argv: readonly string[], environment: Environment): ParsedArguments {
  const read = readOptions(argv);
  if (typeof read === 'string') return { problem: read };
  const { values, flags, positional } = read;
  if (flags.has('help')) return { help: true };
  if (positional.length > 1) return { problem: `one job id was expected, and then "${positional[1]}"` };
  const jobId = values.get('jobId') ?? positional[0];
  const topicArn = values.get('topicArn') ?? said(environment.JOBS_DATA_SNS_TOPIC_ARN);
  if (jobId === undefined) return { problem: 'the job id is missing: --job_id ID' };
  if (!JOB_ID.test(jobId))
    return {
      problem: `the job id "${jobId}" must be 1 to 128 letters, digits or ._:@+=~- that begin with a letter or digit`,
    };
  if (topicArn === undefined)
    return { problem: 'the topic is missing: --jobs_data_sns_topic_arn ARN or JOBS_DATA_SNS_TOPIC_ARN' };
  if (!TOPIC_ARN.test(topicArn))
    return { problem: `the topic "${topicArn}" is no ARN like arn:aws:sns:us-west-2:123456789012:jobs.fifo` };
  const given = [...values].filter(([name]) => name !== 'authMethod');
  return { arguments: { ...Object.fromEntries(given), jobId, topicArn } };
}

interface ReadOptions {
  /** Those that say something. */
  readonly values: ReadonlyMap<Name, string>;
  readonly flags: ReadonlySet<string>;
  readonly positional: readonly string[];
}

function readOptions(argv: readonly string[]): ReadOptions | string {
  const values = new Map<Name, string>();
  const flags = new Set<string>();
  const positional: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i]!;
    const option = optionOf(argument);
    if (option === undefined) {
      if (argument !== '') positional.push(argument);
      continue;
    }
    if (FLAGS.has(option.name)) {
      flags.add(option.name);
      continue;
    }
    const name = OPTIONS.get(option.name);
    if (name === undefined) return `the option ${argument} is unknown`;
    const value = option.value ?? argv[++i];
    if (value === undefined || (option.value === undefined && isOption(value))) return `${argument} needs a value`;
    const text = said(value);
    if (text !== undefined) values.set(name, text);
  }
  return { values, flags, positional };
}

function optionOf(argument: string): { name: string; value: string | undefined } | undefined {
  if (argument === '-h') return { name: 'help', value: undefined };
  if (!argument.startsWith('--')) return undefined;
  const equals = argument.indexOf('=');
  const name = argument.slice(2, equals < 0 ? undefined : equals).replaceAll('-', '_');
  return { name, value: equals < 0 ? undefined : argument.slice(equals + 1) };
}

/** Whether a value was forgotten and this is the next option: values of other texts may begin with dashes. */
function isOption(argument: string): boolean {
  const name = optionOf(argument)?.name;
  return name !== undefined && (OPTIONS.has(name) || FLAGS.has(name));
}

/** A value that says something. */
function said(value: string | undefined): string | undefined {
  const text = value?.trim();
  return text === undefined || text === '' || text.toLowerCase() === 'none' ? undefined : text;
}
