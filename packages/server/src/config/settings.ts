import { choice, flag, integer, list, map, type Setting, s3Place, text, url } from './setting.ts';

/** Every setting of Daybook, by its name in flags and the config file. Kept in the order in which `--help` shows them. */
export const settings = {
  'data-dir': text('DIR', 'where all state is kept', '.daybook'),
  host: text('HOST', 'address to listen on', '127.0.0.1'),
  'public-url': url('URL', 'base URL of the ADES as its users reach it (default: http://HOST:ADES-PORT)'),
  'ades-port': integer('N', 'port of the ADES; 0 picks a free one', 5001, 0, 65_535),
  'database-port': integer('N', 'port of the embedded jobs database; 0 picks a free one', 9200, 0, 65_535),
  'bus-port': integer('N', 'port of the embedded SNS and SQS; 0 picks a free one', 4566, 0, 65_535),
  'bus-keys': map(
    'JSON',
    'access key ids, each with its secret, of which one must sign every request to the embedded bus (default: none is needed)',
  ),
  'log-level': choice('how much is logged', 'warn', ['debug', 'info', 'warn', 'error', 'silent']),

  'database-url': url('URL', 'an Elasticsearch or OpenSearch to use instead of the embedded jobs database'),
  'database-authorization': text('HEADER', 'Authorization header for the jobs database', undefined),
  'database-durability': choice('when the embedded database acknowledges a write', 'request', ['request', 'async']),
  'database-checkpoint-writes': integer(
    'N',
    'writes after which the embedded database makes a checkpoint, so that a start has no more to replay',
    50_000,
    100,
    10_000_000,
  ),
  'database-segment-mib': integer('N', 'size of a file of its log; a file with little in use is emptied', 128, 1, 1024),
  'database-version': text('VERSION', 'version number that the embedded database answers with', '7.17.29'),
  'cors-origins': list('ORIGINS', 'web origins that may call the servers, beside those on loopback'),
  'allowed-hosts': list('HOSTS', 'host names under which the servers may be addressed, beside loopback and HOST'),

  'aws-endpoint': url(
    'URL',
    'endpoint of SNS and SQS (default: the embedded bus; AWS itself when an ARN or queue URL is given)',
  ),
  'aws-region': text('REGION', 'region of the topic and the queues', 'us-east-1'),
  'topic-arn': text('ARN', 'SNS FIFO topic of job updates (default: made on the bus)', undefined),
  'update-queue-url': url('URL', 'SQS FIFO queue that is subscribed to the topic (default: made on the bus)'),
  'update-dead-letter-queue-url': url(
    'URL',
    'SQS FIFO queue for updates that cannot be applied (default: made on the bus)',
  ),
  'request-queue-url': url('URL', 'SQS FIFO queue of jobs to run (default: made on the bus)'),
  'request-dead-letter-queue-url': url(
    'URL',
    'SQS FIFO queue of jobs whose attempts are exhausted (default: made on the bus)',
  ),

  'output-dir': text('DIR', 'where outputs of jobs are kept (default: DATA-DIR/outputs)', undefined),
  'output-store': s3Place('bucket where outputs of jobs are kept in the place of OUTPUT-DIR'),
  'work-dir': text('DIR', 'where jobs run (default: DATA-DIR/work)', undefined),
  python: text('PATH', 'Python interpreter that has cwltool (default: the environment made at set-up)', undefined),
  slots: integer('N', 'jobs that the worker runs at once; 0 starts no worker', 2, 0, 1024),
  'lease-seconds': integer('N', 'how long a worker that is cut off or silent keeps a job', 900, 2, 43_200),
  'max-attempts': integer('N', 'attempts before a job counts as failed', 3, 1, 100),
  'wall-limit-seconds': integer('N', 'longest run of a job', 41_400, 1, 41_400),
  cores: integer('N', 'cores that running jobs may ask for together; 0: all of this machine', 0, 0, 65_536),
  'memory-mib': integer('N', 'memory that running jobs may ask for together; 0: all of this machine', 0, 0, 2 ** 30),
  'job-memory-mib': integer('N', 'largest memory of each process of a job; 0: no limit', 0, 0, 2 ** 30),
  'job-open-files': integer('N', 'open files of each process of a job; 0: no limit of its own', 0, 0, 2 ** 30),
  'job-processes': integer('N', 'processes of a job in its sandbox; 0: no limit', 0, 0, 2 ** 22),
  'job-disk-mib': integer('N', 'what a running job may have on the disk; 0: no limit', 0, 0, 2 ** 40),
  'job-log-mib': integer('N', 'what is kept of the logs of each job', 64, 0, 2 ** 20),
  'max-batch-mib': integer('N', 'largest batch of execute requests', 32, 1, 256),
  'server-inputs': map('JSON', 'further inputs to fill in where a workflow declares them'),
  'secret-inputs': list(
    'IDS',
    'inputs that are secret whatever their process says; * stands for any text, as in *-token',
  ),
  'secret-key-file': text(
    'FILE',
    'keys under which secret inputs are sealed, the same for the ADES and all workers (default: DATA-DIR/secret-keys)',
    undefined,
  ),
  'callback-secret-file': text(
    'FILE',
    'secret under which the messages to subscribers are signed (default: they are not signed)',
    undefined,
  ),
  'max-input-bytes': integer('N', 'largest file that a job may fetch by http, https or s3', 64 * 2 ** 30, 1, 2 ** 50),
  'stage-in-limit-seconds': integer('N', 'longest time that a job may fetch its inputs', 3600, 1, 41_400),
  's3-inputs': list(
    'BUCKETS',
    'what jobs may read by s3: URLs with the credentials of this program: BUCKET, or BUCKET/PREFIX',
  ),
  's3-endpoint': url('URL', 'endpoint of S3 (default: that of AWS in the region of aws-region)'),
  'input-cache-mib': integer('N', 'what is kept of fetched inputs for later jobs; 0: nothing', 10_240, 0, 2 ** 40),
  'input-roots': list('DIRS', 'folders from which jobs may read File and Directory inputs'),
  sandbox: choice('whether jobs run in a sandbox; auto: where this machine can have one', 'auto', [
    'auto',
    'off',
    'required',
  ]),
  'job-network': flag('jobs in a sandbox have the network where their workflow asks for it', true),
  'job-paths': list('DIRS', 'further folders that jobs in a sandbox may read, such as installed software'),
  'container-engine': choice('what runs tools that have a DockerRequirement', 'docker', [
    'docker',
    'podman',
    'singularity',
    'udocker',
    'none',
  ]),
  'update-port': integer(
    'N',
    'port on HOST where Update Job steps in containers reach the worker; 0: none',
    0,
    0,
    65_535,
  ),
  'update-url': url('URL', 'base URL of that port as containers reach it (default: http://HOST:UPDATE-PORT)'),
  'cwltool-arguments': list('FLAGS', 'further flags of cwltool for every job, such as --no-match-user'),
  shutdown: choice('what happens to running jobs at the end', 'hand-back', ['hand-back', 'finish']),

  'cwl-roots': list('DIRS', 'folders from which file: URLs of CWL documents may be deployed'),
  'cwl-url-map': map('JSON', 'URL prefixes of CWL documents, each with a local folder that stands for it'),
  'cwl-hosts': list(
    'HOSTS',
    'hosts from which CWL documents and inputs may be fetched even where their address is private',
  ),
  'allow-private-addresses': flag(
    'fetch CWL documents and inputs from private and loopback addresses (default: only when HOST is loopback)',
    undefined,
  ),
} satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof settings;

/** The value of every setting; undefined where its default depends on others. */
export type Settings = { readonly [Name in SettingName]: (typeof settings)[Name] extends Setting<infer T> ? T : never };

/** The environment variable of a setting. */
export function environmentVariable(name: SettingName | 'config'): string {
  return `DAYBOOK_${name.replaceAll('-', '_').toUpperCase()}`;
}
