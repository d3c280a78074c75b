/** Why it could not be done, by the id of each job with which it could not. */
export type Failures = ReadonlyMap<string, string>;

/**
 * Does the action of an operation with some of its jobs. Doing it again with jobs with which it was done is no second time. Rejects with `unavailable` where database or
 * queue are away; it is then to be done again.
 */
export type Perform = (jobIds: readonly string[]) => Promise<Failures>;
