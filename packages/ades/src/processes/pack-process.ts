import { type CwlProcess, describeProcess, type JsonObject } from '@daybook/cwl';
import type { PackedDocument } from '@daybook/cwltool';
import { DaybookError, type ErrorCode, isDaybookError } from '@daybook/errors';
import type { AdesContext } from '../ades-context.ts';
import { exception } from '../http/exception.ts';
import type { DeployCommand } from './deploy-command.ts';

/** What is wrong with the document that a caller named, and is the caller's to mend. */
const CALLERS: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['invalid-argument', 'unsupported', 'not-found']);

/** A validated CWL document that needs nothing outside itself, and what it says of itself. */
export interface PackedProcess {
  readonly document: JsonObject;
  readonly description: CwlProcess;
}

/**
 * Fetches, validates and packs the document of a deploy. Throws `invalid-argument` with cwltool's reason for a document that cannot be
 * deployed, `workflow-not-found`, `forbidden` where the fetch policy says no, and `unavailable` with what to install where there is no cwltool.
 */
export async function packProcess(context: AdesContext, command: DeployCommand): Promise<PackedProcess> {
  try {
    const { document } = await pack(context, command);
    return { document, description: describeProcess(document) };
  } catch (error) {
    if (!isDaybookError(error) || !CALLERS.has(error.code)) throw error;
    if (error.code === 'not-found' && command.workflow !== undefined && error.message.includes(command.workflow)) {
      throw exception('workflow-not-found', error.message, { cause: error });
    }
    throw new DaybookError('invalid-argument', `The CWL document cannot be deployed: ${error.message}`, {
      cause: error,
    });
  }
}

async function pack({ packer, fetchPolicy, limits }: AdesContext, command: DeployCommand): Promise<PackedDocument> {
  if (packer === undefined) {
    throw new DaybookError(
      'unavailable',
      'Processes cannot be deployed because cwltool is missing: install Python 3 with venv (Debian: apt-get install python3 python3-venv; macOS: brew install python), then start again',
    );
  }
  return await packer.pack({
    source: command.source,
    fetchPolicy,
    timeLimitMs: limits.deployTimeoutMs,
    ...(command.workflow !== undefined && { workflow: command.workflow }),
  });
}
