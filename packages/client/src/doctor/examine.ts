import { isDaybookError } from '@daybook/errors';
import { type Health, type PartHealth, readHealth, type WorkerHealth } from '../ades/health.ts';
import { listProcesses, type ProcessSummary } from '../ades/processes.ts';
import { listQueues, type Queue } from '../ades/queues.ts';
import type { Transport } from '../ades/transport.ts';
import { formatDuration } from '../rendering/format-time.ts';
import type { Finding } from './finding.ts';

const MIN_NODE: readonly [number, number] = [20, 19];
/** Beyond it `--since 2h` and ages mean something else here than there. */
const MAX_CLOCK_DIFFERENCE_S = 5;

/** What to do about a part that is not ready. */
const ADVICE: Readonly<Record<string, string>> = {
  database: 'start it, or see that --database-url names it; jobs can neither be submitted nor read without it',
  bus: 'start it, or see that --aws-endpoint and the queue URLs name it; jobs wait and their updates stay behind without it',
  ingest: 'see its log: updates of jobs do not reach the database',
  worker: 'see its log: jobs wait until a worker takes them',
};

/** What dead letters of a queue are. */
const DEAD_LETTERS: Readonly<Record<string, string>> = {
  requests: 'jobs whose attempts were exhausted; "daybook errors" says why',
  updates: 'updates of jobs that could not be applied; "daybook dead-letters list" shows them, "replay" tries again',
};

/** Looks at everything from here to the workers, in the order in which one thing needs the other. */
export async function examine(ades: Transport, url: string, version: string): Promise<readonly Finding[]> {
  const here = examineNode(process.versions.node);
  const health = await readHealth(ades).catch((error: unknown) => error);
  if (!isHealth(health)) return [here, notReached(url, health)];
  const reached: Finding = { level: 'ok', subject: 'ADES', text: `answers at ${url}` };
  return [
    here,
    reached,
    ...examineClock(health.date, new Date()),
    ...health.parts.map(examinePart),
    ...examineWorkers(health.workers, version),
    ...(await asked('queues', async () => examineQueues(await listQueues(ades)))),
    ...(await asked('processes', async () => examineProcesses(await listProcesses(ades)))),
  ];
}

/** Whether this Node.js is new enough for the program. */
export function examineNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1]);
  if (isEnough) return { level: 'ok', subject: 'Node.js', text: version };
  return { level: 'fail', subject: 'Node.js', text: `${version} is too old: install ${MIN_NODE.join('.')} or newer` };
}

/** Whether this machine's clock and the server's agree, which says the time with a second's precision. */
export function examineClock(server: Date | undefined, here: Date): readonly Finding[] {
  if (server === undefined) return [];
  const seconds = Math.round((here.getTime() - server.getTime()) / 1000);
  if (Math.abs(seconds) <= MAX_CLOCK_DIFFERENCE_S)
    return [{ level: 'ok', subject: 'clock', text: 'agrees with the ADES' }];
  const side = seconds > 0 ? 'ahead of' : 'behind';
  const text = `${Math.abs(seconds)} s ${side} the ADES: set both by NTP; ages and --since are wrong by that`;
  return [{ level: 'warn', subject: 'clock', text }];
}

/** A part of the system as its health says it. */
export function examinePart({ name, status, detail }: PartHealth): Finding {
  if (status === 'ready') return { level: 'ok', subject: name, text: detail };
  const advice = ADVICE[name];
  return {
    level: status === 'waiting' ? 'warn' : 'fail',
    subject: name,
    text: `${status}: ${detail}${advice === undefined ? '' : ` — ${advice}`}`,
  };
}

/** Whether anything runs jobs, and each worker that does. */
export function examineWorkers(workers: readonly WorkerHealth[], version: string): readonly Finding[] {
  const present = workers.filter(({ state }) => state !== 'stopped');
  if (present.length > 0) return present.map((worker) => examineWorker(worker, version));
  return [{ level: 'warn', subject: 'workers', text: 'none: jobs wait until one is started with "daybook worker"' }];
}

function examineWorker(worker: WorkerHealth, version: string): Finding {
  const { id, host, state, reason, slots, 'running-jobs': running, version: its } = worker;
  const subject = `worker ${host ?? id}`;
  const because = reason === undefined ? '' : `: ${reason}`;
  if (state === 'silent') {
    return { level: 'warn', subject, text: 'has not been heard of for half a minute: see whether it still runs' };
  }
  if (state !== 'running') return { level: 'warn', subject, text: `${state}${because}` };
  if (its !== undefined && its !== version) {
    return { level: 'warn', subject, text: `is of version ${its}, this program of ${version}: bring them to the same` };
  }
  return { level: 'ok', subject, text: `runs ${running?.length ?? 0} jobs in ${slots ?? 'unknown'} slots` };
}

/** What waits between the parts, and what could not be done. */
export function examineQueues(queues: readonly Queue[]): readonly Finding[] {
  return queues.map(({ name, waiting, 'dead-letters': dead = 0, 'oldest-seconds': oldest }) => {
    const subject = `queue ${name}`;
    if (dead > 0)
      return { level: 'warn', subject, text: `${dead} dead letters: ${DEAD_LETTERS[name] ?? 'see its queue'}` };
    const since = oldest === undefined || waiting === 0 ? '' : `, the oldest for ${formatDuration(oldest)}`;
    return { level: 'ok', subject, text: `${waiting} waiting${since}` };
  });
}

function examineProcesses(processes: readonly ProcessSummary[]): readonly Finding[] {
  const subject = 'processes';
  const own = processes.filter(({ mutable }) => mutable !== false).length;
  if (own > 0) return [{ level: 'ok', subject, text: `${own} deployed` }];
  return [{ level: 'warn', subject, text: 'none is deployed yet: "daybook deploy FILE" deploys one' }];
}

/** What cannot be asked for is a finding too. */
async function asked(subject: string, ask: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await ask();
  } catch (error) {
    if (!isDaybookError(error)) throw error;
    return [{ level: 'fail', subject, text: error.message }];
  }
}

function notReached(url: string, error: unknown): Finding {
  if (isDaybookError(error)) return { level: 'fail', subject: 'ADES', text: error.message };
  if (error instanceof Error) throw error;
  return {
    level: 'fail',
    subject: 'ADES',
    text: `what answers at ${url} is no ADES: name yours with --url or DAYBOOK_URL`,
  };
}

function isHealth(value: unknown): value is Health {
  return (
    typeof value === 'object' && value !== null && 'parts' in value && Array.isArray(value.parts) && 'workers' in value
  );
}
