/** A fetched file that is to be kept. */
export interface FetchedFile {
  /** Becomes read-only, for it may be the same file on the disk afterwards. */
  readonly path: string;
  /** An ETag or a date, by which its server tells whether it has changed. */
  readonly validator: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** What one user's jobs have fetched: no user learns what another one has. */
export interface CacheShare {
  /** Of the version that is kept of a source, or undefined where there is none. */
  validatorOf(key: string): string | undefined;
  /**
   * Puts the kept file of a source at `path`, where nothing is. False where it is gone, has changed, or is meanwhile of another version than the
   * validator's; it is then forgotten.
   */
  take(key: string, validator: string, path: string): Promise<boolean>;
  /** Keeps a file as the newest version of its source. Failures are the cache's own affair. */
  keep(key: string, file: FetchedFile): Promise<void>;
}

/** Fetched inputs, by their content, on the disk of one worker (CACHE.md). */
export interface InputCache {
  shareOf(user: string): CacheShare;
}
