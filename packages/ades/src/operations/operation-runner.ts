import { randomUUID } from 'node:crypto';
import type { AdesContext } from '../ades-context.ts';
import { abandon } from './create-operation.ts';
import type { Operation } from './operation.ts';
import { runOperation } from './run-operation.ts';

/** Operations that one ADES is at together. */
const MAX_RUNNING = 2;
/** Looked at in one look; the others later. */
const MAX_LOOKED_AT = 100;

/** Goes on with operations that nobody is at, whichever ADES made them. */
export interface OperationRunner {
  /** Looks for some at once. */
  wake(): void;
  /** Ends after the steps that are under way; another ADES, or this one when it is started again, goes on. */
  close(): Promise<void>;
}

/** How a runner runs. */
export interface OperationRunnerOptions {
  /** Time between two looks. */
  readonly intervalMs: number;
  /** How long an ADES that is silent keeps an operation. */
  readonly leaseMs: number;
  readonly log: (message: string) => void;
}

/** Starts to look for operations (OPERATIONS.md). */
export function startOperationRunner(
  context: AdesContext,
  { intervalMs, leaseMs, log }: OperationRunnerOptions,
): OperationRunner {
  const closing = new AbortController();
  const running = new Map<string, Promise<void>>();
  let looking: Promise<void> | undefined;
  let isWokenAgain = false;

  async function look(): Promise<void> {
    const { items } = await context.database.operations.list(['preparing', 'running'], { size: MAX_LOOKED_AT });
    for (const operation of (items as readonly Operation[]).toReversed()) {
      if (closing.signal.aborted || running.size >= MAX_RUNNING) return;
      if (running.has(operation.id) || operation.status === 'done' || isHeld(operation)) continue;
      if (operation.status === 'preparing') await abandon(context, operation.id);
      else start(operation);
    }
  }

  function start({ id }: Operation): void {
    const options = { owner: randomUUID(), leaseMs, signal: closing.signal, log };
    const done = runOperation(context, id, options).then(
      () => {
        running.delete(id);
        // Others may wait for the place.
        wake();
      },
      (error: unknown) => {
        running.delete(id);
        log(`operation ${id} is gone on with later: ${String(error)}`);
      },
    );
    running.set(id, done);
  }

  function wake(): void {
    if (closing.signal.aborted) return;
    isWokenAgain = looking !== undefined;
    looking ??= look()
      .catch((error: unknown) => log(`operations could not be looked for: ${String(error)}`))
      .finally(() => {
        looking = undefined;
        if (isWokenAgain) wake();
      });
  }

  const timer = setInterval(wake, intervalMs).unref();
  return {
    wake,
    async close() {
      clearInterval(timer);
      closing.abort();
      await looking;
      await Promise.all(running.values());
    },
  };
}

/** Whether somebody may be at it. */
function isHeld({ 'lease-until': until }: Operation): boolean {
  return until !== undefined && Date.parse(until) > Date.now();
}
