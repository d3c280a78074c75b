import type { Transport } from './transport.ts';

/** A queue with how much is in it. */
export interface Queue {
  readonly name: string;
  readonly waiting: number;
  readonly 'in-flight': number;
  /** Age of what waits longest. */
  readonly 'oldest-seconds'?: number;
  readonly 'dead-letters'?: number;
}

/** The queues of jobs and of their updates. */
export async function listQueues(ades: Transport): Promise<readonly Queue[]> {
  const { body } = await ades.send({ path: '/queues' });
  return (body as { readonly queues: readonly Queue[] }).queues;
}
