import type { RunEvent, RunUsage } from '@daybook/cwltool';

/** What all runs of the tools of one step took, in the spelling of the job's document. */
type StepResources = {
  /** Runs of its tools: several in a scattered step and in a subworkflow. */
  readonly runs: number;
  readonly 'wall-seconds': number;
  readonly 'cpu-seconds': number;
  /** Bytes, of the run that took most. */
  readonly 'peak-memory': number;
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
  const steps = new Map<string, { runs: number; wallMs: number; cpuMs: number; peakMemoryBytes: number }>();
  return {
    apply(event) {
      if (event.type !== 'tool-ended') {
        return;
      }
      const sum = steps.get(event.step) ?? { runs: 0, wallMs: 0, cpuMs: 0, peakMemoryBytes: 0 };
      steps.set(event.step, {
        runs: sum.runs + 1,
        wallMs: sum.wallMs + event.wallMs,
        cpuMs: sum.cpuMs + event.cpuMs,
        peakMemoryBytes: Math.max(sum.peakMemoryBytes, event.peakMemoryBytes),
      });
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
          resources: Object.fromEntries(
            [...steps].map(([step, { runs, wallMs, cpuMs, peakMemoryBytes }]) => [
              step,
              {
                runs,
                'wall-seconds': seconds(wallMs),
                'cpu-seconds': seconds(cpuMs),
                'peak-memory': peakMemoryBytes,
              },
            ]),
          ),
        }),
        'cpu-seconds': seconds(cpuMs),
        'peak-memory': Math.max(usage.peakMemoryBytes ?? 0, ...sums.map(({ peakMemoryBytes }) => peakMemoryBytes)),
      };
    },
  };
}

function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}
