import { type RunEvent, runLogPath, type ToolStream, toolLogPath } from '@daybook/cwltool';
import type { LogStore } from '@daybook/output-store';
import type { WorkerLog } from '../options.ts';
import { describeError } from '../retry.ts';
import { type FollowedLog, followLog, type LogBudget } from './followed-log.ts';
import { createMaskStream } from './mask-stream.ts';

/** Takes what a run and its tools write into the store, while they write it. */
export interface LogKeeper {
  /** Takes note of tools that start and end. */
  apply(event: RunEvent): void;
  /** The number of the logs of the tool that was started last; undefined before there is one. */
  newestTool(): number | undefined;
  /** Takes in what is left. To be called when no process of the run is alive. Never rejects. */
  close(): Promise<void>;
}

/** What a keeper works with. */
export interface LogKeeperOptions {
  readonly jobId: string;
  readonly attempt: number;
  /** Of the run. */
  readonly directory: string;
  readonly logs: Pick<LogStore, 'create' | 'append'>;
  /** What the store takes of all tools together, and as much again of cwltool's own log. */
  readonly maxBytes: number;
  /** Values that the store must not have. */
  readonly secrets: readonly string[];
  readonly log: WorkerLog;
}

/** The name in the store of cwltool's own log; those of tools are `<tool>.<stream>`. */
const RUN_LOG = 'cwltool';
const STREAMS: readonly ToolStream[] = ['stdout', 'stderr'];
const INTERVAL_MS = 200;

/** Makes the place of the attempt's logs and fills it. A store that takes no logs costs a job its logs and nothing else. */
export function startLogKeeper(options: LogKeeperOptions): LogKeeper {
  const { jobId, attempt, directory, logs, maxBytes, secrets, log } = options;
  const toolBudget: LogBudget = { maxBytes, usedBytes: 0 };
  const followed = new Set<FollowedLog>();
  const ended = new Set<FollowedLog>();
  const running = new Map<string, readonly FollowedLog[]>();
  let newest: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let hasWarned = false;

  const warn = (error: unknown): void => {
    if (!hasWarned) log('warn', `A log of a job cannot be kept: ${describeError(error)}`, { jobId });
    hasWarned = true;
  };
  const follow = (path: string, name: string, budget: LogBudget): FollowedLog => {
    const file = followLog(path, () => logs.append(jobId, attempt, name), budget, createMaskStream(secrets));
    followed.add(file);
    return file;
  };
  const drop = async (file: FollowedLog): Promise<void> => {
    followed.delete(file);
    ended.delete(file);
    await file.close().catch(warn);
  };
  const copyAll = async (): Promise<void> => {
    for (const file of followed) {
      const isLast = ended.has(file);
      const isKept = await file.copyNew().then(
        () => true,
        (error: unknown) => warn(error),
      );
      if (isLast || isKept !== true) await drop(file);
    }
  };
  const schedule = (): void => {
    timer = setTimeout(() => {
      work = copyAll().then(schedule);
    }, INTERVAL_MS);
  };

  follow(runLogPath(directory), RUN_LOG, { maxBytes, usedBytes: 0 });
  let work = logs.create(jobId, attempt).catch(warn).then(schedule);

  return {
    apply(event) {
      if (event.type === 'tool-started' && event.log !== undefined) {
        const number = event.log;
        newest = number;
        const pathOf = (stream: ToolStream): string => toolLogPath(directory, number, stream);
        running.set(
          event.tool,
          STREAMS.map((stream) => follow(pathOf(stream), `${event.tool}.${stream}`, toolBudget)),
        );
      } else if (event.type === 'tool-ended') {
        for (const file of running.get(event.tool) ?? []) ended.add(file);
        running.delete(event.tool);
      }
    },
    newestTool: () => newest,
    async close() {
      await work;
      clearTimeout(timer);
      await copyAll();
      await Promise.all([...followed].map(drop));
    },
  };
}
