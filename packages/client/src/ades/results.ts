import { getJob, jobPath } from './jobs.ts';
import { findJobDocument, type JobSource } from './search.ts';
import type { Transport } from './transport.ts';

/** One output of a job: where it can be read, or what it is. */
export interface Output {
  /** The output's id; those of an array are `id[0]`, `id[1]`, … */
  readonly name: string;
  /** Undefined for a value. */
  readonly href?: string;
  readonly value?: unknown;
}

/**
 * The outputs of a job that succeeded, by reference where they are files: from its document, since its results come in the form that its
 * submission asked for, the bare bytes of a file among them. Rejects where there are none, with the reason.
 */
export async function readOutputs(ades: Transport, jobId: string): Promise<readonly Output[]> {
  const job = await getJob(ades, jobId);
  // What is asked for in vain is refused with the reason: the job runs yet, it failed, its outputs were removed.
  if (job.status !== 'successful') await ades.send({ path: `${jobPath(jobId)}/results` });
  const document: JobSource = (await findJobDocument(ades, job)) ?? {};
  if (document['removed-time'] !== undefined) await ades.send({ path: `${jobPath(jobId)}/results` });
  const { outputs, results } = document as { readonly outputs?: object; readonly results?: object };
  return Object.entries({ ...outputs, ...results }).flatMap(([name, value]) => outputsOf(name, value));
}

function outputsOf(name: string, value: unknown): readonly Output[] {
  if (value === null) return [];
  if (Array.isArray(value) && value.some((each) => hrefOf(each) !== undefined)) {
    return value.flatMap((each, at) => outputsOf(`${name}[${at}]`, each));
  }
  const href = hrefOf(value);
  return [href === undefined ? { name, value } : { name, href }];
}

/** A File or Directory of CWL, or the URL that a step has published. */
function hrefOf(value: unknown): string | undefined {
  if (typeof value === 'string') return /^[a-z][a-z\d+.-]+:\/\//i.test(value) ? value : undefined;
  if (typeof value !== 'object' || value === null || !('location' in value)) return undefined;
  return typeof value.location === 'string' ? value.location : undefined;
}
