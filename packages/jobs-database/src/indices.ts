/** The indices, each one concrete index: ids stay unique. */
export const JOBS_INDEX: string = 'jobs';
/** Every update as it came; document id = event id. */
export const JOB_UPDATES_INDEX: string = 'job-updates';
/** Deployed processes with their packed CWL. */
export const PROCESSES_INDEX: string = 'processes';
/** What workers say of themselves. */
export const WORKERS_INDEX: string = 'workers';
/** Operations on many jobs, and the ids of the jobs that each of them is still to change. */
export const OPERATIONS_INDEX: string = 'operations';
/** Who is to be told of a job, until they were. */
export const SUBSCRIPTIONS_INDEX: string = 'subscriptions';

/** All of them. */
export const INDICES: readonly string[] = [
  JOBS_INDEX,
  JOB_UPDATES_INDEX,
  PROCESSES_INDEX,
  WORKERS_INDEX,
  OPERATIONS_INDEX,
  SUBSCRIPTIONS_INDEX,
];
