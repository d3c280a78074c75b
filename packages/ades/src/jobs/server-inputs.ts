import type { JsonObject } from '@daybook/cwl';
import type { Json } from '@daybook/jobs';

/** A job as far as its workflow may ask for it. */
export interface JobIdentity {
  readonly id: string;
  readonly inputs: JsonObject;
}

/**
 * The inputs that the server fills in where a process declares them. The ADES only checks a job by them and hides them from descriptions;
 * the worker gives the ones that count.
 */
export function serverInputsOf(
  configured: Readonly<Record<string, Json>>,
  job: JobIdentity,
): Readonly<Record<string, Json>> {
  return { ...configured, job_id: job.id, job_inputs: JSON.stringify(job.inputs) };
}

/** The names of the inputs that the server fills in. */
export function serverInputNames(configured: Readonly<Record<string, Json>>): ReadonlySet<string> {
  return new Set(Object.keys(serverInputsOf(configured, { id: '', inputs: {} })));
}
