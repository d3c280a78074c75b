import type { Transport } from './transport.ts';

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
export async function deployProcess(ades: Transport, { mediaType, body, workflow }: DeployRequest): Promise<string> {
  const answer = await ades.send({
    method: 'POST',
    path: `/processes${workflow === undefined ? '' : `?w=${encodeURIComponent(workflow)}`}`,
    headers: { 'content-type': mediaType },
    body,
    timeoutMs: DEPLOY_TIMEOUT_MS,
  });
  return decodeURIComponent((answer.headers.get('location') ?? '').replace(/^.*\//, ''));
}
