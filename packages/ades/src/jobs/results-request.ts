import { DaybookError } from '@daybook/errors';
import type { JobDocument } from '@daybook/jobs';

/** `value`: the output itself; `reference`: where it can be read. */
export type TransmissionMode = 'value' | 'reference';

/** In which form a job's results are wanted (OGC API – Processes Part 1, `response` and `outputs` of an execute request). */
export interface ResultsRequest {
  readonly response: 'raw' | 'document';
  /** The outputs that were asked for; undefined is all, each by value. */
  readonly outputs: ReadonlyMap<string, TransmissionMode> | undefined;
}

/** The members of an execute body that say so. */
export interface ExecuteOutputs {
  readonly response?: 'raw' | 'document';
  readonly outputs?: Readonly<Record<string, { readonly transmissionMode?: TransmissionMode }>>;
}

/**
 * What an OGC execute body asks for: raw where it does not say (execute.yaml has that default). Throws `invalid-argument` for an output that the process
 * does not have.
 */
export function parseResultsRequest(
  { response = 'raw', outputs = {} }: ExecuteOutputs,
  process: { readonly id: string; readonly outputIds: readonly string[] },
): ResultsRequest {
  const unknown = Object.keys(outputs).find((id) => !process.outputIds.includes(id));
  if (unknown !== undefined) {
    throw new DaybookError(
      'invalid-argument',
      `outputs.${unknown} is no output of ${process.id}: expected some of ${process.outputIds.join(', ')}`,
    );
  }
  const requested = Object.entries(outputs).map(
    ([id, { transmissionMode = 'value' }]) => [id, transmissionMode] as const,
  );
  return { response, outputs: requested.length === 0 ? undefined : new Map(requested) };
}

/** The fields of a job's document that keep the request for whoever reads the results later. */
export function resultsFields({ response, outputs }: ResultsRequest): Readonly<Record<string, unknown>> {
  return {
    response,
    // One array of texts: a field for each output would give the index a field for each name that any process has.
    ...(outputs !== undefined && { 'requested-outputs': [...outputs].map(([id, mode]) => `${id}=${mode}`) }),
  };
}

/** The request that a job was executed with; a document with all outputs where there was none, as in WPS-T, or where a user changed it to no request. */
export function resultsRequestOf(job: JobDocument): ResultsRequest {
  const requested = job['requested-outputs'];
  const entries = Array.isArray(requested) ? requested.filter((each) => typeof each === 'string').map(parseEntry) : [];
  return {
    response: job.response === 'raw' ? 'raw' : 'document',
    outputs: entries.length === 0 ? undefined : new Map(entries),
  };
}

function parseEntry(entry: string): readonly [string, TransmissionMode] {
  const end = entry.lastIndexOf('=');
  return [end === -1 ? entry : entry.slice(0, end), entry.slice(end + 1) === 'reference' ? 'reference' : 'value'];
}
