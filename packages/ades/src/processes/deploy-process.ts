import { DaybookError, isDaybookError } from '@daybook/errors';
import type { AdesContext } from '../ades-context.ts';
import { BUILT_IN_PROCESSES } from '../built-in/built-in-processes.ts';
import { exception } from '../http/exception.ts';
import { lastSegment } from '../http/last-segment.ts';
import type { DeployCommand } from './deploy-command.ts';
import { findProcess, immutableProcess, loadMutableProcess } from './load-process.ts';
import { packProcess } from './pack-process.ts';
import { checkProcessName } from './process-id.ts';
import type { ProcessRecord } from './process-record.ts';

/** The version of a process whose deploy names none. */
const DEFAULT_VERSION = '1.0.0';

/** Deploys a process; visible in lists once this resolves. Throws `duplicated-process` where there is one of that id, `immutable-process` where that is built in. */
export async function deployProcess(context: AdesContext, command: DeployCommand): Promise<ProcessRecord> {
  const known = command.processId === undefined ? undefined : recordId(command, command.processId);
  if (known !== undefined && BUILT_IN_PROCESSES.has(known)) throw immutableProcess(known);
  if (known !== undefined && (await findProcess(context.database, known)) !== undefined) throw duplicated(known);
  const record = await buildRecord(context, command);
  if (BUILT_IN_PROCESSES.has(record.id)) throw immutableProcess(record.id);
  try {
    await context.database.processes.put(record, { create: true });
  } catch (error) {
    throw isDaybookError(error, 'already-exists') ? duplicated(record.id) : error;
  }
  return record;
}

/** Replaces the process of that id, which keeps its id and form, whatever the body calls it. Throws `no-such-process` where there is none. */
export async function replaceProcess(context: AdesContext, id: string, command: DeployCommand): Promise<ProcessRecord> {
  const replaced = await loadMutableProcess(context.database, id);
  const record = {
    ...(await buildRecord(context, {
      ...command,
      processId: replaced['process-id'],
      version: command.version ?? replaced.version,
    })),
    id: replaced.id,
    form: replaced.form,
    ...(replaced.id !== replaced['process-id'] && { version: replaced.version }),
  };
  await context.database.processes.put(record);
  return record;
}

function duplicated(id: string): DaybookError {
  return exception('duplicated-process', `There is a process ${id} already: undeploy it first, or replace it by PUT`);
}

function recordId({ namesVersion, version }: DeployCommand, processId: string): string {
  return namesVersion ? `${processId}:${version ?? DEFAULT_VERSION}` : processId;
}

async function buildRecord(context: AdesContext, command: DeployCommand): Promise<ProcessRecord> {
  const { document, description } = await packProcess(context, command);
  const processId = command.processId ?? nameOf(command, description.id);
  checkProcessName('The id of a process', processId);
  if (command.version !== undefined) checkProcessName('The version of a process', command.version);
  return {
    id: recordId(command, processId),
    'process-id': processId,
    version: command.version ?? DEFAULT_VERSION,
    form: command.form,
    title: command.title ?? description.label ?? processId,
    abstract: command.abstract ?? description.doc ?? '',
    keywords: command.keywords,
    'ows-context-url': 'url' in command.source ? command.source.url : '',
    'execution-unit': command.executionUnit,
    'immediate-deployment': command.immediateDeployment,
    'job-control-options': command.jobControlOptions,
    'output-transmission': command.outputTransmission,
    inputs: command.inputs,
    outputs: command.outputs,
    cwl: document,
    'deploy-time': new Date().toISOString(),
    package: command.package,
  };
}

/** A name for a process whose deploy gives none: its workflow's, unless that is only `main`, else its document's file name. */
function nameOf(command: DeployCommand, workflowId: string): string {
  const workflow = command.workflow ?? workflowId;
  if (workflow !== 'main' && workflow !== '') return workflow.replace(/^#/, '');
  const fileName = 'url' in command.source ? lastSegment(command.source.url) : '';
  const name = fileName.replace(/\.(cwl|ya?ml|json)$/i, '');
  if (name !== '') return name;
  throw new DaybookError(
    'invalid-argument',
    'The process has no id: give one in processDescription, as the id of the CWL document, or by ?w=',
  );
}
