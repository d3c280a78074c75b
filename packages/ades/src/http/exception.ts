import { DaybookError, type ErrorCode } from '@daybook/errors';

/** The exceptions that have a type or a status of their own. */
export type ExceptionName =
  | 'no-such-process'
  | 'no-such-job'
  | 'no-such-log'
  | 'no-such-operation'
  | 'no-such-campaign'
  | 'result-not-ready'
  | 'duplicated-process'
  | 'immutable-process'
  | 'workflow-not-found'
  | 'unsupported-media-type'
  | 'job-failed'
  | 'job-dismissed'
  | 'outputs-removed'
  | 'job-refused'
  | 'idempotency-key-reused'
  | 'method-not-allowed'
  | 'body-too-large';

interface Exception {
  readonly code: ErrorCode;
  readonly type: string;
  readonly status: number;
}

const PART_1 = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/';
const PART_2 = 'http://www.opengis.net/def/exceptions/ogcapi-processes-2/1.0/';
const OURS = 'urn:daybook:exception:';

/** What each exception is on the wire: types of OGC API – Processes Part 1 and 2, and our own where these have none. */
export const EXCEPTIONS: Readonly<Record<ExceptionName, Exception>> = {
  'no-such-process': { code: 'not-found', type: `${PART_1}no-such-process`, status: 404 },
  'no-such-job': { code: 'not-found', type: `${PART_1}no-such-job`, status: 404 },
  'no-such-log': { code: 'not-found', type: `${OURS}no-such-log`, status: 404 },
  'no-such-operation': { code: 'not-found', type: `${OURS}no-such-operation`, status: 404 },
  'no-such-campaign': { code: 'not-found', type: `${OURS}no-such-campaign`, status: 404 },
  'result-not-ready': { code: 'not-found', type: `${PART_1}result-not-ready`, status: 404 },
  'duplicated-process': { code: 'already-exists', type: `${PART_2}duplicated-process`, status: 409 },
  'immutable-process': { code: 'forbidden', type: `${PART_2}immutable-process`, status: 403 },
  'workflow-not-found': { code: 'invalid-argument', type: `${PART_2}workflow-not-found`, status: 400 },
  'unsupported-media-type': { code: 'unsupported', type: `${PART_2}unsupported-media-type`, status: 415 },
  'job-failed': { code: 'not-found', type: `${OURS}job-failed`, status: 500 },
  'job-dismissed': { code: 'not-found', type: `${OURS}job-dismissed`, status: 410 },
  'outputs-removed': { code: 'not-found', type: `${OURS}outputs-removed`, status: 410 },
  'idempotency-key-reused': { code: 'conflict', type: `${OURS}idempotency-key-reused`, status: 422 },
  'job-refused': { code: 'unavailable', type: `${OURS}job-refused`, status: 503 },
  'method-not-allowed': { code: 'unsupported', type: 'about:blank', status: 405 },
  'body-too-large': { code: 'limit-exceeded', type: 'about:blank', status: 413 },
};

/** An error that is rendered with the type and status of `name`. */
export function exception(name: ExceptionName, message: string, options: { cause?: unknown } = {}): DaybookError {
  return new DaybookError(EXCEPTIONS[name].code, message, { ...options, detail: { exception: name } });
}

/** There is no process of that id. */
export function noSuchProcess(id: string): DaybookError {
  return exception('no-such-process', `There is no process ${JSON.stringify(id.slice(0, 200))}`);
}

/** There is no job of that id, or it is a job of another process. */
export function noSuchJob(id: string): DaybookError {
  return exception('no-such-job', `There is no job ${JSON.stringify(id.slice(0, 200))}`);
}
