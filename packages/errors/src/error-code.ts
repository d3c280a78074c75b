/**
 * What went wrong, independent of any protocol. Each protocol's edge has an exhaustive table from these codes to its own
 * error shape; a new code therefore breaks the build of every edge until it is given a meaning there.
 */
export type ErrorCode =
  /** The caller's value is malformed or out of range. */
  | 'invalid-argument'
  /** The request is well formed but names a type, option or feature that is not offered. */
  | 'unsupported'
  /** The thing named does not exist. */
  | 'not-found'
  /** The thing to be created exists. */
  | 'already-exists'
  /** A compare-and-set failed, or two requests contradict each other. */
  | 'conflict'
  /** The caller may not do this. */
  | 'forbidden'
  /** The caller is not who it says, or did not say. */
  | 'unauthenticated'
  /** A bound of size, count or rate was reached; the same request may pass later or smaller. */
  | 'limit-exceeded'
  /** A part that is needed is away for now; the same request may pass later. */
  | 'unavailable'
  /** A wait reached its limit. */
  | 'timeout'
  /** It was asked to end before it was done. */
  | 'cancelled'
  /** Data on disk or from a peer is not what its format says. */
  | 'corrupt'
  /** A fault of ours. */
  | 'internal';
