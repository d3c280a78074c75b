import type { PackedDocument, PackRequest } from './pack-request.ts';
import type { CwltoolJob, RunEvent, RunResult } from './run.ts';

/** A started run. */
export interface CwltoolRun {
  /**
   * Settles when no process of the run is left. A workflow that fails, is stopped or loses its server is a result like any other;
   * the promise rejects only where the run could not begin: `invalid-argument` (a bad job, an id that is running) or `unavailable`.
   */
  readonly result: Promise<RunResult>;
  /** Ends the run: TERM, then KILL after the job's `graceMs`. The first reason stands in the result; later calls do nothing. */
  cancel(reason: string): void;
}

/** What the health report shows of cwltool. */
export interface CwltoolHealth {
  /** `restarting`: the server has died and is being started again; runs and packs are refused meanwhile. */
  readonly state: 'ready' | 'restarting' | 'closed';
  /** `warm`: runs are forked from a loaded interpreter. `cold`: each run starts its own, because of `coldReason`. */
  readonly mode: 'warm' | 'cold';
  readonly coldReason?: string;
  /** Why runs cannot have a sandbox on this machine; absent where they can. */
  readonly sandboxReason?: string;
  readonly pid?: number;
  readonly cwltoolVersion: string;
  readonly pythonVersion: string;
  /** What evaluates JavaScript expressions; `none` where there is neither the quickjs module nor a node program. */
  readonly javascript: 'quickjs' | 'node' | 'none';
  readonly warmUpMs: number;
  /** Packs counted in. */
  readonly runningJobs: number;
  readonly restarts: number;
}

/** cwltool kept warm. One instance supervises one Python server; all methods may be called at any time and at once. */
export interface Cwltool {
  /**
   * Fetches a document with all it refers to, validates it and packs it to one document that {@link run} accepts.
   * Rejects with `invalid-argument` (it cannot be fetched, or is not valid CWL), `unsupported`, `forbidden` (the fetch policy says no),
   * `not-found` (it has no such workflow), `timeout` or `unavailable`. `detail.url` names the document and `detail.reason` is `unreachable`,
   * `invalid`, `unsupported`, `forbidden` or `no-such-workflow`; the message holds the line where there is one.
   */
  pack(request: PackRequest): Promise<PackedDocument>;
  /** Starts a run. Events come in order and end before the result settles. The job's directory must exist and belong to the run alone. */
  run(job: CwltoolJob, onEvent: (event: RunEvent) => void): CwltoolRun;
  health(): CwltoolHealth;
  /** Ends every run (`stopped`, reason `closed`) and the server; resolves when no process of theirs is left. */
  close(): Promise<void>;
}
