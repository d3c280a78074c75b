import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import {
  countMatched,
  getOperation,
  type Operation,
  type OperationRequest,
  startOperation,
} from '../ades/operations.ts';
import type { Transport } from '../ades/transport.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { json, print, tell } from '../rendering/print.ts';
import { startProgress } from '../rendering/progress.ts';
import { safeText } from '../rendering/safe-text.ts';
import { confirm } from './confirm.ts';

/** Options of every command that acts on many jobs. */
export interface BulkOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** How an action is spoken of. */
export interface Wording {
  /** `retry`, before what it acts on. */
  readonly verb: string;
  /** `retried`, behind a number. */
  readonly done: string;
  /** `jobs`; what is counted. */
  readonly what: string;
}

const POLL_MS = 500;
const SHOWN_FAILURES = 10;

/** Gives a command its options. */
export function addBulkOptions(command: Command): Command {
  return command
    .option('--yes', 'do not ask')
    .option('--dry-run', 'only say how many jobs it would be about')
    .option('--json', 'the operation as the ADES gives it, once it is done');
}

/**
 * Says how many jobs an operation is about, asks, starts it with that number, so that it is about no others, and follows it to its end. Sets the exit
 * code where it failed for some.
 */
export async function runOperation(
  ades: Transport,
  request: OperationRequest,
  { verb, done, what }: Wording,
  options: BulkOptions,
  { signal }: CommandContext,
): Promise<void> {
  const matched = await countMatched(ades, request);
  const counted = `${matched} ${matched === 1 ? what.replace(/s$/, '') : what}`;
  if (options.dryRun === true || matched === 0) {
    if (options.json === true) print(json({ action: request.action, matched, 'dry-run': true }));
    else tell(matched === 0 ? `no ${what} to ${verb}` : `would ${verb} ${counted}`);
    return;
  }
  if (options.yes !== true && !(await confirm(`${verb} ${counted}?`, signal))) return;
  const started = await startOperation(ades, request, matched);
  const ended = await follow(ades, started, `${verb} ${what}`, signal);
  if (options.json === true) print(json(ended));
  else tell(`${ended.done} ${done}${ended.failed === 0 ? '' : `, ${ended.failed} failed`}`);
  for (const { jobID, detail } of ended.failures.slice(0, SHOWN_FAILURES)) tell(`${jobID}: ${safeText(detail)}`);
  if (ended.failures.length > SHOWN_FAILURES) tell(`… and more: GET /operations/${ended.id} has the first hundred`);
  if (ended.failed > 0) process.exitCode = EXIT.failure;
}

async function follow(ades: Transport, started: Operation, what: string, signal: AbortSignal): Promise<Operation> {
  const progress = startProgress({ what, total: started.matched });
  try {
    for (let operation = started; ; operation = await getOperation(ades, started.id)) {
      const { status, done, failed } = operation;
      progress.update(done + failed, failed === 0 ? '' : `${failed} failed`);
      if (status === 'done') return operation;
      await delay(POLL_MS, undefined, { signal });
    }
  } finally {
    progress.end();
  }
}
