import { checkAttempt, checkJobId } from '../names.ts';

/** The keys of a store (KEYS.md). */
export interface StoreKeys {
  /** Of everything that is kept of a job. */
  job(jobId: string): string;
  /** Of an attempt's outputs. */
  outputs(jobId: string, attempt: number): string;
  logs(jobId: string, attempt: number): string;
  end(jobId: string, attempt: number): string;
  results(jobId: string, attempt: number): string;
  readonly probe: string;
}

const END = /^([1-9]\d{0,14})\.end\.json$/;

/** Throw `invalid-argument` for a job id or an attempt that can have no key. */
export function storeKeys(prefix: string): StoreKeys {
  const job = (jobId: string): string => {
    checkJobId(jobId);
    return `${prefix}${jobId}/`;
  };
  const ofAttempt =
    (suffix: string) =>
    (jobId: string, attempt: number): string => {
      checkAttempt(attempt);
      return `${job(jobId)}${attempt}${suffix}`;
    };
  return {
    job,
    outputs: ofAttempt('/'),
    logs: ofAttempt('.logs/'),
    end: ofAttempt('.end.json'),
    results: ofAttempt('.results.json'),
    probe: `${prefix}.probe`,
  };
}

/** The attempt whose end has this name below the key of its job, or undefined. */
export function attemptOfEnd(name: string): number | undefined {
  const [, attempt] = END.exec(name) ?? [];
  return attempt === undefined ? undefined : Number(attempt);
}
