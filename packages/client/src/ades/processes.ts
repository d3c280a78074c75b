import { isDaybookError } from '@daybook/errors';
import type { AdesAnswer, Transport } from './transport.ts';

/** A process as the list has it. */
export interface ProcessSummary {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly version: string;
  readonly jobControlOptions: readonly string[];
  readonly [member: string]: unknown;
}

/** A JSON Schema, as far as values are read by it. */
export interface ValueSchema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly items?: ValueSchema;
  readonly oneOf?: readonly ValueSchema[];
  readonly required?: readonly string[];
  readonly default?: unknown;
}

/** An input or output of a process. */
export interface Parameter {
  readonly title?: string;
  readonly description?: string;
  readonly schema: ValueSchema;
  /** Of inputs: 0 where it may be left out. */
  readonly minOccurs?: number;
}

/** A process with what it takes and gives. */
export interface ProcessDescription extends ProcessSummary {
  readonly inputs: Readonly<Record<string, Parameter>>;
  readonly outputs: Readonly<Record<string, Parameter>>;
}

/** The body of a deploy request. */
export interface DeployRequest {
  readonly mediaType: string;
  readonly body: string;
  /** Which process of a CWL document with several. */
  readonly workflow?: string | undefined;
}

/** Packing a workflow with many documents takes cwltool its time. */
const DEPLOY_TIMEOUT_MS = 180_000;
const MAX_PROCESSES = 10_000;

/** The deployed processes, and the built-in ones last. */
export async function listProcesses(ades: Transport): Promise<readonly ProcessSummary[]> {
  const { body } = await ades.send({ path: `/processes?limit=${MAX_PROCESSES}` });
  return (body as { readonly processes: readonly ProcessSummary[] }).processes;
}

/** Rejects with `not-found` where there is none of that id. */
export async function describeProcess(ades: Transport, id: string): Promise<ProcessDescription> {
  const { body } = await ades.send({ path: `/processes/${encodeURIComponent(id)}` });
  return body as ProcessDescription;
}

/** Gives the id under which the process can be executed. */
export async function deployProcess(ades: Transport, request: DeployRequest): Promise<string> {
  const { headers } = await send(ades, 'POST', '/processes', request);
  return decodeURIComponent((headers.get('location') ?? '').replace(/^.*\//, ''));
}

/** Puts a process in the place of the one of that id, or deploys it where there is none. Gives the id. */
export async function replaceProcess(ades: Transport, id: string, request: DeployRequest): Promise<string> {
  try {
    await send(ades, 'PUT', `/processes/${encodeURIComponent(id)}`, request);
    return id;
  } catch (error) {
    if (!isDaybookError(error, 'not-found')) throw error;
    return await deployProcess(ades, request);
  }
}

function send(
  ades: Transport,
  method: 'POST' | 'PUT',
  path: string,
  { mediaType, body, workflow }: DeployRequest,
): Promise<AdesAnswer> {
  return ades.send({
    method,
    path: `${path}${workflow === undefined ? '' : `?w=${encodeURIComponent(workflow)}`}`,
    headers: { 'content-type': mediaType },
    body,
    timeoutMs: DEPLOY_TIMEOUT_MS,
  });
}
