import type { JsonObject } from './json.ts';

/** What a run in the sandbox has beside its directory and the system (python/daybook_cwltool/sandbox/SANDBOX.md). */
export interface RunSandbox {
  /** Absolute paths of files and folders that it may read, and `/` is none of them. Of two paths in all lists the longer one rules. */
  readonly readable: readonly string[];
  /** Absolute paths that it does not see, wherever they lie. */
  readonly hidden: readonly string[];
  /** Whether it may use this machine's network. */
  readonly network: boolean;
}

/** What the kernel holds the processes of a run to. Absent: what this process has. */
export interface ProcessLimits {
  /** Of each process. */
  readonly memoryBytes?: number;
  /** Of each process. */
  readonly openFiles?: number;
  /** Of the run; held in a sandbox only, and not for the super-user. */
  readonly processes?: number;
}

/** One workflow to run. */
export interface CwltoolJob {
  /** Unique among the runs of one {@link Cwltool}; it stands in messages and events and is no path. */
  readonly id: string;
  /** The packed document, as {@link PackedDocument} has it. */
  readonly document: JsonObject;
  /** The job order, as `buildJobOrder` of `@daybook/cwl` makes it; every File and Directory already lies on this machine. */
  readonly jobOrder: JsonObject;
  /** Absolute path of an existing directory. What it receives: `python/PROTOCOL.md`, Job directory. */
  readonly directory: string;
  /** Let independent steps run at once. Each such run takes the whole machine for its own, so admission is the caller's. */
  readonly parallel?: boolean;
  /** Further cwltool arguments of the operator, such as `--podman`. Never a user's. */
  readonly extraArguments?: readonly string[];
  /** Variables that the tools see, in addition to the few that CWL gives them. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Directories searched for tools before the PATH of this process. */
  readonly pathPrefix?: readonly string[];
  /** The run is stopped after this long (default: never). */
  readonly wallLimitMs?: number;
  /** Between TERM and KILL when the run is stopped. Default 3000. */
  readonly graceMs?: number;
  readonly processLimits?: ProcessLimits;
  /** Absent: the run sees all that this process sees. `unavailable` where the health has a `sandboxReason`. */
  readonly sandbox?: RunSandbox;
}

/** How a step ended, in CWL's words. */
export type StepStatus = 'success' | 'skipped' | 'temporaryFail' | 'permanentFail';

/**
 * What a run reports while it goes on. A `step` is named by its path of step ids below the workflow: `align` or `prepare/align` for a
 * step of a subworkflow. A process that is one tool has one step, named by the tool's id. `time` is in epoch milliseconds.
 */
export type RunEvent =
  | { readonly type: 'started'; readonly time: number; readonly pid: number }
  /** The ids of the top-level steps, in the document's order: the whole of the progress. */
  | { readonly type: 'plan'; readonly time: number; readonly steps: readonly string[] }
  | { readonly type: 'step-started'; readonly time: number; readonly step: string }
  | { readonly type: 'step-ended'; readonly time: number; readonly step: string; readonly status: StepStatus }
  /** A step's tool was started as a process; a scattered step has one for each element. */
  | {
      readonly type: 'tool-started';
      readonly time: number;
      readonly step: string;
      readonly tool: string;
      /** In a sandbox, the number that the process has there. */
      readonly pid: number;
      /** It writes to {@link toolLogPath} of this number; absent where a run has too many tools. */
      readonly log?: number;
    }
  | ToolUsage;

/** What one run of one tool took, its child processes counted in. */
export interface ToolUsage {
  readonly type: 'tool-ended';
  readonly time: number;
  readonly step: string;
  /** Names this run of the tool, unique in the job: `align`, `align_2` for the second element of a scatter. */
  readonly tool: string;
  /** Negative: the number of the signal that ended it. */
  readonly exitCode: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Of the largest process. For a tool in a container this is the container client's, not the tool's. */
  readonly peakMemoryBytes: number;
}

/** What the whole run took. */
export interface RunUsage {
  readonly wallMs: number;
  /** Absent where the run's own process did not live to be measured. */
  readonly cpuMs?: number;
  readonly peakMemoryBytes?: number;
}

/** Why a workflow failed, as far as cwltool tells. The logs have the whole story. */
export interface RunFailure {
  /** The first error that cwltool reported, bounded to 8 KiB. */
  readonly message: string;
  /** Path of the step that failed first. */
  readonly step?: string;
  /** What the failed step's tool exited with; negative: the number of the signal that ended it. */
  readonly exitCode?: number;
  /** The number of the failed tool's logs, of which the last words explain it best. */
  readonly toolLog?: number;
}

/**
 * Why a run was ended from outside. `server-died` and `runner-died`: a process of ours was killed (out of memory, an operator's kill -9);
 * the workflow itself is not to blame and may be run again.
 */
export type StopReason = 'cancelled' | 'wall-limit' | 'server-died' | 'runner-died' | 'closed';

/** How a run ended. */
export type RunResult =
  | { readonly status: 'success'; readonly outputs: JsonObject; readonly usage: RunUsage }
  | { readonly status: 'failed'; readonly failure: RunFailure; readonly usage: RunUsage }
  | {
      readonly status: 'stopped';
      readonly reason: StopReason;
      /** What {@link CwltoolRun.cancel} was told. */
      readonly cancelReason?: string;
      readonly usage: RunUsage;
    };
