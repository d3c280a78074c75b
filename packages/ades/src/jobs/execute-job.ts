import { buildJobOrder } from '@daybook/cwl';
import { DaybookError } from '@daybook/errors';
import { type JobDocument, newJobId, submission } from '@daybook/jobs';
import type { AdesContext } from '../ades-context.ts';
import { describeRecord } from '../processes/describe-record.ts';
import type { ProcessRecord } from '../processes/process-record.ts';
import type { ExecuteCommand } from './execute-command.ts';
import { resultsFields } from './results-request.ts';
import { serverInputsOf } from './server-inputs.ts';

/** Most labels of a job, and most characters of one: an engine's keyword ends at 32,766 bytes. */
const MAX_LABELS = 1_000;
const MAX_LABEL_LENGTH = 1_024;

/** A job that has its document, and what the request queue said to it. */
export interface ExecutedJob {
  readonly job: JobDocument;
  /** Why the job failed at once; undefined where it is on its way. */
  readonly refusal?: string;
}

/**
 * Checks an execute request, makes the job's document and hands the job over to the workers. Throws `invalid-argument`, naming the input or
 * label, before there is a job.
 */
export async function executeJob(
  context: AdesContext,
  process: ProcessRecord,
  command: ExecuteCommand,
  userId: string,
): Promise<ExecutedJob> {
  const id = newJobId();
  checkLabels(command.labels);
  checkSecrets(process, command);
  buildJobOrder(process.cwl, command.inputs, serverInputsOf(context.serverInputs, { id, inputs: command.inputs }));
  const job = await context.database.createJob(
    submission({
      id,
      inputs: command.inputs,
      labels: command.labels,
      userId,
      processId: process.id,
      processVersion: process.version,
    }),
    command.results === undefined ? {} : resultsFields(command.results),
  );
  const sent = await context.requestQueue.handOver(id);
  return sent.result === 'refused' ? { job, refusal: sent.reason } : { job };
}

function checkLabels(labels: readonly string[]): void {
  if (labels.length > MAX_LABELS) {
    throw new DaybookError('invalid-argument', `labels must be at most ${MAX_LABELS} strings, not ${labels.length}`);
  }
  const long = labels.findIndex((label) => label.length > MAX_LABEL_LENGTH);
  if (long !== -1) {
    throw new DaybookError(
      'invalid-argument',
      `labels[${long}] must be at most ${MAX_LABEL_LENGTH} characters, not ${labels[long]!.length}`,
    );
  }
}

/** The jobs database is open to its users, so a secret must not reach it; there is no other way to the worker. */
function checkSecrets(process: ProcessRecord, command: ExecuteCommand): void {
  const secret = describeRecord(process).secrets.find((name) => Object.hasOwn(command.inputs, name));
  if (secret === undefined) return;
  throw new DaybookError(
    'unsupported',
    `Input ${secret} is declared secret, and secrets cannot be kept from the jobs database yet: leave it out`,
  );
}
