import { createHash, randomUUID } from 'node:crypto';
import { type JobUpdate, parseMessage, statusUpdate } from '@daybook/jobs';

/** The job that a sandbox belongs to. */
export interface SandboxOwner {
  readonly id: string;
  readonly attempt: number;
}

/** The update to publish, or why there is none. */
export type StampedUpdate = { readonly update: JobUpdate } | { readonly refusal: string };

/** What a job may say of itself; all else in an update is its owner's, or left out. */
export function stampUpdate(line: string, owner: SandboxOwner): StampedUpdate {
  const parsed = parseMessage(line, { messageId: randomUUID(), time: new Date().toISOString() });
  if ('poison' in parsed) {
    return { refusal: parsed.poison };
  }
  const { 'event-id': sent, time, kind, status, progress, step, message, inputs, outputs, labels } = parsed.update;
  if (kind !== 'update') {
    return { refusal: `A job may send updates, and no ${kind}` };
  }
  const said = { status, progress, step, message, inputs, outputs, labels };
  const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return { update: statusUpdate({ ...known, ...owner }, { time: new Date(time), eventId: eventIdOf(owner, sent) }) };
}

function eventIdOf({ id, attempt }: SandboxOwner, sent: string): string {
  return createHash('sha256')
    .update(JSON.stringify([id, attempt, sent]))
    .digest('hex');
}
