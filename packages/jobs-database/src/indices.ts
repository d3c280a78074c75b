/** The four indices, each one concrete index: ids stay unique. */
export const JOBS_INDEX: string = 'jobs';
/** Every update as it came; document id = event id. */
export const JOB_UPDATES_INDEX: string = 'job-updates';
/** Deployed processes with their packed CWL. */
export const PROCESSES_INDEX: string = 'processes';
/** What workers say of themselves. */
export const WORKERS_INDEX: string = 'workers';

/** All of them. */
export const INDICES: readonly string[] = [JOBS_INDEX, JOB_UPDATES_INDEX, PROCESSES_INDEX, WORKERS_INDEX];
