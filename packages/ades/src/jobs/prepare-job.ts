import { compileJobOrder, type JsonObject, matchesPattern, secretInputs } from '@daybook/cwl';
import { DaybookError } from '@daybook/errors';
import { type JobUpdate, sealInputs, submission } from '@daybook/jobs';
import type { AdesContext } from '../ades-context.ts';
import { isBuiltIn } from '../built-in/built-in-processes.ts';
import type { Process } from '../processes/process.ts';
import { checkLabels } from './check-labels.ts';
import type { ExecuteCommand } from './execute-command.ts';
import { resultsFields } from './results-request.ts';
import { serverInputsOf } from './server-inputs.ts';

/** What is known of a job besides what it is to do. */
interface NewJobIdentity {
  readonly id: string;
  readonly userId: string;
  readonly retryOf?: string;
  /** Of its submission; default: a new one. */
  readonly eventId?: string;
}

/** A job that was checked and can be written, its secrets sealed. */
export interface PreparedJob {
  readonly submission: JobUpdate;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The hash of its inputs under each secret key, the first of which stands in the document. */
  readonly hashes: readonly [string, ...string[]];
}

/** Throws `invalid-argument`, naming the input or label, for what the process or the server does not take. */
export type JobPreparer = (command: ExecuteCommand, identity: NewJobIdentity) => PreparedJob;

/** Checks and seals jobs of one process, whose document is read once. */
export function createJobPreparer(context: AdesContext, process: Process): JobPreparer {
  const checkInputs = inputCheck(context, process);
  return ({ inputs, labels, results }, { id, eventId, ...identity }) => {
    checkLabels(labels);
    const sealed = sealInputs(context.secretKeys, id, inputs, checkInputs(id, inputs));
    const job = {
      ...identity,
      id,
      inputs: sealed.inputs,
      labels,
      processId: process.id,
      processVersion: process.version,
      inputsHash: sealed.hashes[0],
      ...(Object.keys(sealed.secrets).length > 0 && { secrets: sealed.secrets }),
    };
    return {
      submission: submission(job, eventId === undefined ? {} : { eventId }),
      fields: results === undefined ? {} : resultsFields(results),
      hashes: sealed.hashes,
    };
  };
}

/** Throws `invalid-argument` for inputs that the process does not take; gives the ids of those that are secret. */
function inputCheck(
  { secretInputs: patterns, serverInputs }: AdesContext,
  process: Process,
): (id: string, inputs: JsonObject) => readonly string[] {
  if (!isBuiltIn(process)) {
    const secrets = secretInputs(process.cwl, patterns);
    const buildOrder = compileJobOrder(process.cwl, { secrets });
    return (id, inputs) => {
      buildOrder(inputs, serverInputsOf(serverInputs, { id, inputs }));
      return secrets;
    };
  }
  return (_id, inputs) => {
    const secret = Object.keys(inputs).find((name) => matchesPattern(patterns, name));
    if (secret === undefined) {
      process.check(inputs);
      return [];
    }
    throw new DaybookError(
      'unsupported',
      `Input ${secret} is secret by this server's settings, and process ${process.id} shows what it is given`,
    );
  };
}
