import { DaybookError, type ErrorCode } from '@daybook/errors';

const PART_1 = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/';
const PART_2 = 'http://www.opengis.net/def/exceptions/ogcapi-processes-2/1.0/';

/** The exceptions that have a type of their own, with that type and the status that it stands for. */
export const EXCEPTIONS = {
  'no-such-process': { type: `${PART_1}no-such-process`, status: 404 },
  'no-such-job': { type: `${PART_1}no-such-job`, status: 404 },
  'result-not-ready': { type: `${PART_1}result-not-ready`, status: 404 },
  'duplicated-process': { type: `${PART_2}duplicated-process`, status: 409 },
  'immutable-process': { type: `${PART_2}immutable-process`, status: 403 },
  'workflow-not-found': { type: `${PART_2}workflow-not-found`, status: 400 },
  'unsupported-media-type': { type: `${PART_2}unsupported-media-type`, status: 415 },
  'job-failed': { type: 'urn:daybook:exception:job-failed', status: 500 },
  'job-dismissed': { type: 'urn:daybook:exception:job-dismissed', status: 410 },
  'outputs-removed': { type: 'urn:daybook:exception:outputs-removed', status: 410 },
  'job-refused': { type: 'urn:daybook:exception:job-refused', status: 503 },
  'method-not-allowed': { type: 'about:blank', status: 405 },
  'body-too-large': { type: 'about:blank', status: 413 },
} as const satisfies Readonly<Record<string, { readonly type: string; readonly status: number }>>;

/** A key of {@link EXCEPTIONS}. */
export type ExceptionName = keyof typeof EXCEPTIONS;

const CODES: Readonly<Record<ExceptionName, ErrorCode>> = {
  'no-such-process': 'not-found',
  'no-such-job': 'not-found',
  'result-not-ready': 'not-found',
  'duplicated-process': 'already-exists',
  'immutable-process': 'forbidden',
  'workflow-not-found': 'invalid-argument',
  'unsupported-media-type': 'unsupported',
  'job-failed': 'not-found',
  'job-dismissed': 'not-found',
  'outputs-removed': 'not-found',
  'job-refused': 'unavailable',
  'method-not-allowed': 'unsupported',
  'body-too-large': 'limit-exceeded',
};

/** An error that is rendered with the type and status of `name`. */
export function exception(name: ExceptionName, message: string, options: { cause?: unknown } = {}): DaybookError {
  return new DaybookError(CODES[name], message, { ...options, detail: { exception: name } });
}

/** There is no process of that id. */
export function noSuchProcess(id: string): DaybookError {
  return exception('no-such-process', `There is no process ${JSON.stringify(id.slice(0, 200))}`);
}

/** There is no job of that id, or it is a job of another process. */
export function noSuchJob(id: string): DaybookError {
  return exception('no-such-job', `There is no job ${JSON.stringify(id.slice(0, 200))}`);
}
