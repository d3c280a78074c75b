import type { MessageBus } from '@daybook/message-bus';
import type { Input } from './wire/input.ts';

/** What an action has besides its parameters. */
export interface ActionContext {
  readonly bus: MessageBus;
  /** The URL of a queue as this caller reaches it. */
  queueUrl(name: string): string;
  /** The access key id of the caller, or the account when requests are not signed. */
  readonly senderId: string;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
  /** Has `undo` called if the answer turns out not to reach the caller. */
  onUndelivered(undo: () => void): void;
}

/** The answer of an action in the shape of AWS JSON; what is undefined is left out. */
export type Output = Readonly<Record<string, unknown>>;

/** One action of a service. What it throws becomes the protocol's error. */
export type Action = (input: Input, context: ActionContext) => Promise<Output> | Output;
