import type { RunEvent, RunUsage, ToolUsage } from '@daybook/cwltool';

/** What all runs of the tools of one step took, in the spelling of the job's document. */
type StepResources = {
  /** Runs of its tools: several in a scattered step and in a subworkflow. */
  readonly runs: number;
  readonly 'wall-seconds': number;
  readonly 'cpu-seconds': number;
  /** Bytes, of the run that took most. */
  readonly 'peak-memory': number;
  /** Of the first run that did not exit with 0, else 0; negative: the number of the signal that ended it. */
  readonly 'exit-code': number;
  /** When its first run started. */
  readonly 'start-time': string;
  /** When its last run ended. */
  readonly 'stop-time': string;
};

interface StepSums {
  readonly runs: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMemoryBytes: number;
  readonly exitCode: number;
  readonly startedAt: number;
  readonly stoppedAt: number;
}

const NOTHING: StepSums = {
  runs: 0,
  wallMs: 0,
  cpuMs: 0,
  peakMemoryBytes: 0,
  exitCode: 0,
  startedAt: Number.POSITIVE_INFINITY,
  stoppedAt: 0,
};

/** What a whole job took. */
export interface JobResources {
  /** By the step's path. */
  readonly resources?: Readonly<Record<string, StepResources>>;
  readonly 'cpu-seconds'?: number;
  readonly 'peak-memory'?: number;
}

/** Adds up what the tools of a run take. Its memory grows with the steps, not with the elements of a scatter. */
export interface ResourceLedger {
  apply(event: RunEvent): void;
  /** The sums, with what was measured of the run as a whole. */
  total(usage: RunUsage): JobResources;
}

/** A ledger without entries. */
export function createResourceLedger(): ResourceLedger {
  const steps = new Map<string, StepSums>();
  return {
    apply(event) {
      if (event.type !== 'tool-ended') {
        return;
      }
      steps.set(event.step, plus(steps.get(event.step) ?? NOTHING, event));
    },
    total(usage) {
      const sums = [...steps.values()];
      if (sums.length === 0 && usage.cpuMs === undefined) {
        return {};
      }
      // The run's own figure counts its tools in, except where they ran in containers.
      const cpuMs = Math.max(
        usage.cpuMs ?? 0,
        sums.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
      );
      return {
        ...(sums.length > 0 && {
          resources: Object.fromEntries([...steps].map(([step, sums]) => [step, resourcesOf(sums)])),
        }),
        'cpu-seconds': seconds(cpuMs),
        'peak-memory': Math.max(usage.peakMemoryBytes ?? 0, ...sums.map(({ peakMemoryBytes }) => peakMemoryBytes)),
      };
    },
  };
}

function plus(sums: StepSums, run: ToolUsage): StepSums {
  return {
    runs: sums.runs + 1,
    wallMs: sums.wallMs + run.wallMs,
    cpuMs: sums.cpuMs + run.cpuMs,
    peakMemoryBytes: Math.max(sums.peakMemoryBytes, run.peakMemoryBytes),
    exitCode: sums.exitCode || run.exitCode,
    startedAt: Math.min(sums.startedAt, run.time - run.wallMs),
    stoppedAt: Math.max(sums.stoppedAt, run.time),
  };
}

function resourcesOf({
  runs,
  wallMs,
  cpuMs,
  peakMemoryBytes,
  exitCode,
  startedAt,
  stoppedAt,
}: StepSums): StepResources {
  return {
    runs,
    'wall-seconds': seconds(wallMs),
    'cpu-seconds': seconds(cpuMs),
    'peak-memory': peakMemoryBytes,
    'exit-code': exitCode,
    'start-time': new Date(startedAt).toISOString(),
    'stop-time': new Date(stoppedAt).toISOString(),
  };
}

function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}
