import { isJsonObject, type JobDocument, type JobState } from '@daybook/jobs';

/** What the statuses of the system mean in a document that says nothing else. */
const STATE_OF: ReadonlyMap<unknown, JobState> = new Map([
  ['submitted', 'accepted'],
  ['succeeded', 'successful'],
  ['failed', 'failed'],
  ['dismissed', 'dismissed'],
]);

/**
 * A job's document with the members that every form shows. The database is open to its users, who may have written documents themselves:
 * what is missing or of another type there reads as its empty value, and a state as what the status means.
 */
export function readableJob(document: JobDocument): JobDocument {
  const { inputs, outputs, labels, state } = document;
  if (state !== undefined && isJsonObject(inputs) && isJsonObject(outputs) && Array.isArray(labels)) return document;
  return {
    ...document,
    inputs: isJsonObject(inputs) ? inputs : {},
    outputs: isJsonObject(outputs) ? outputs : {},
    labels: Array.isArray(labels) ? labels : [],
    state: state ?? STATE_OF.get(document.status) ?? 'running',
  };
}
