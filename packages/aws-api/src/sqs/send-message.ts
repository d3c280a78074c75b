import type { Action } from '../action.ts';
import { singleOutcome } from '../wire/batch.ts';
import { readOutgoing, writeSent } from './outgoing-message.ts';
import { queueNameOf } from './queue-name.ts';

/** SendMessage. */
export const sendMessage: Action = async (input, { bus, senderId }) => {
  const message = readOutgoing(input, senderId);
  return writeSent(singleOutcome(await bus.send(queueNameOf(input), [message])), message);
};
