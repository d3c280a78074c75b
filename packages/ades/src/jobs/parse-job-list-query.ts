import { DaybookError } from '@daybook/errors';
import type { JobState } from '@daybook/jobs';
import type { JobFilter } from '@daybook/jobs-database';
import { showValue } from '../http/show-value.ts';
import { parseDatetime } from './parse-datetime.ts';

const STATES: readonly JobState[] = ['accepted', 'running', 'successful', 'failed', 'dismissed'];

/** Filters of `GET /jobs`, as they stand in its URL. Those in arrays may be repeated; `processID` and `status` also hold values separated by commas. */
export interface JobListQuery {
  readonly processID?: readonly string[];
  readonly status?: readonly string[];
  readonly label?: readonly string[];
  readonly user?: readonly string[];
  readonly input?: readonly string[];
  readonly 'error-class'?: readonly string[];
  readonly q?: string;
  readonly datetime?: string;
  readonly minDuration?: number;
  readonly maxDuration?: number;
}

/** What the query selects. Throws `invalid-argument` for a status or time that is none. */
export function parseJobListQuery(query: JobListQuery): JobFilter {
  const { minDuration, maxDuration } = query;
  return {
    ...(query.processID !== undefined && { processIds: separated(query.processID) }),
    ...(query.status !== undefined && { states: separated(query.status).map(parseState) }),
    ...(query.label !== undefined && { labels: query.label }),
    ...(query.user !== undefined && { userIds: query.user }),
    ...(query.input !== undefined && { inputValues: query.input.map(checkInput) }),
    ...(query['error-class'] !== undefined && { errorClasses: query['error-class'] }),
    ...(query.q !== undefined && { queryString: query.q }),
    ...(query.datetime !== undefined && { submitTime: parseDatetime(query.datetime) }),
    ...((minDuration !== undefined || maxDuration !== undefined) && {
      duration: {
        ...(minDuration !== undefined && { min: minDuration }),
        ...(maxDuration !== undefined && { max: maxDuration }),
      },
    }),
  };
}

/** The values of a parameter that may be repeated and may hold several, separated by commas. */
export function separated(values: readonly string[]): readonly string[] {
  return values.flatMap((value) => value.split(',')).filter((value) => value !== '');
}

/** As it stands in the job's `input-values`. */
function checkInput(input: string): string {
  if (input.indexOf('=') > 0) return input;
  throw new DaybookError(
    'invalid-argument',
    `query parameter input must be name=value, such as input=scene=42, not ${showValue(input)}`,
  );
}

/** The words of both forms: `succeeded` is WPS-T's for `successful`. */
function parseState(status: string): JobState {
  const state = STATES.find((each) => each === (status === 'succeeded' ? 'successful' : status));
  if (state !== undefined) return state;
  throw new DaybookError(
    'invalid-argument',
    `query parameter status must be one of ${STATES.join(', ')}, not ${showValue(status)}`,
  );
}
