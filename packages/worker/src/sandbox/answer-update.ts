import type { JobUpdate } from '@daybook/jobs';
import { describeError, retry } from '../retry.ts';
import { createRateLimit } from './rate-limit.ts';
import { type SandboxOwner, stampUpdate } from './stamp-update.ts';

/** What a job is told of its update; `final`: the same one would be refused again. */
type UpdateAnswer =
  | { readonly published: true }
  | { readonly published: false; readonly final: boolean; readonly reason: string };

/** Takes updates of one job, in the form of `UPDATE-EVENT.md`, and resolves when the topic has taken them or will not. Rejects when its signal is aborted. */
export type UpdateReceiver = (text: string) => Promise<UpdateAnswer>;

/** For whom a receiver speaks, and how. */
export interface UpdateReceiverOptions {
  readonly owner: SandboxOwner;
  readonly publish: (update: JobUpdate, signal: AbortSignal) => Promise<void>;
  /** The job has ended. */
  readonly signal: AbortSignal;
}

/** The longest update, in bytes. */
export const MAX_UPDATE_BYTES: number = 224 * 1024;
const BURST = 100;
const INTERVAL_MS = 50;
const PUBLISH_LIMIT_MS = 15_000;

/** A receiver that stamps every update as its owner's, and lets no more than a bounded number pass in a second. */
export function createUpdateReceiver({ owner, publish, signal }: UpdateReceiverOptions): UpdateReceiver {
  const limit = createRateLimit(BURST, INTERVAL_MS);
  return async (text) => {
    await limit.pass(signal);
    const stamped = stampUpdate(text, owner);
    if ('refusal' in stamped) {
      return { published: false, final: true, reason: stamped.refusal };
    }
    const limited = AbortSignal.any([signal, AbortSignal.timeout(PUBLISH_LIMIT_MS)]);
    try {
      await retry(() => publish(stamped.update, limited), { signal: limited });
      return { published: true };
    } catch (error) {
      return { published: false, final: false, reason: describeError(error) };
    }
  };
}
