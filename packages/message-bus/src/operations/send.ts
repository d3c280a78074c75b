import type { BusCore } from '../bus-core.ts';
import { formatSequenceNumber, type OutgoingMessage } from '../message.ts';
import { eachOutcome, type Outcome } from './outcome.ts';
import { checkOutgoing, EventDraft, prepareMessage } from './prepare-message.ts';

/** What a sender learns of its message. */
export interface SentMessage {
  readonly messageId: string;
  /** FIFO only. */
  readonly sequenceNumber?: string;
}

/** Puts messages into a queue, all in one record. */
export async function send(
  core: BusCore,
  queueName: string,
  messages: readonly OutgoingMessage[],
): Promise<readonly Outcome<SentMessage>[]> {
  const queue = core.requireQueue(queueName);
  const draft = new EventDraft(core.now(), () => core.state.takeNumber());
  const outcomes = eachOutcome(messages, (message): SentMessage => {
    checkOutgoing(queue, message);
    const { messageId, sequence } = prepareMessage(draft, queue, message);
    return { messageId, ...(queue.description.fifo && { sequenceNumber: formatSequenceNumber(sequence) }) };
  });
  await core.commit(draft.events);
  return outcomes;
}
