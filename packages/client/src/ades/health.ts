import type { Transport } from './transport.ts';

/** The state of one part of a Daybook. */
export interface PartHealth {
  readonly name: string;
  readonly status: 'ready' | 'waiting' | 'failed';
  /** What an operator should know or do. */
  readonly detail: string;
}

/** A worker as it said last. */
export interface WorkerHealth {
  readonly id: string;
  readonly state: 'running' | 'waiting' | 'stopping' | 'stopped' | 'silent';
  readonly reason?: string;
  readonly host?: string;
  readonly version?: string;
  readonly slots?: number;
  /** Their ids. */
  readonly 'running-jobs'?: readonly string[];
}

/** What `GET /health` says, and the clock of the server that said it. */
export interface Health {
  readonly status: PartHealth['status'];
  readonly parts: readonly PartHealth[];
  readonly workers: readonly WorkerHealth[];
  readonly date: Date | undefined;
}

/** The health report, also where a part has failed. */
export async function readHealth(ades: Transport): Promise<Health> {
  const { body, headers } = await ades.send({ path: '/health', expected: [503], timeoutMs: 20_000 });
  const date = Date.parse(headers.get('date') ?? '');
  return {
    ...(body as Pick<Health, 'status' | 'parts' | 'workers'>),
    date: Number.isNaN(date) ? undefined : new Date(date),
  };
}
