export type {
  StepEnvironmentOptions,
  WorkerDatabase,
  WorkerLog,
  WorkerOptions,
  WorkerQueues,
} from './options.ts';
export { startWorker } from './start-worker.ts';
export type { StopOptions, Worker, WorkerHealth } from './worker.ts';
