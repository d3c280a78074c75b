/** What the ADES answers and filters by. It is final by a verdict alone, whatever a workflow's steps say. */
export type JobState = 'accepted' | 'running' | 'successful' | 'failed' | 'dismissed';

/** The statuses of the jobs database that the system itself writes. Update Job steps may set any other string. */
export type SystemStatus = 'submitted' | 'running' | 'succeeded' | 'failed' | 'dismissed';

/** The statuses with which a job can end. */
export type FinalStatus = 'succeeded' | 'failed' | 'dismissed';

/** The state of a job that ended with `status`. */
export function finalState(status: FinalStatus): JobState {
  return status === 'succeeded' ? 'successful' : status;
}
