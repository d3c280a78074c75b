import type { ReceiveRequest } from '@daybook/message-bus';
import type { Action } from '../action.ts';
import type { Input } from '../wire/input.ts';
import { queueNameOf } from './queue-name.ts';
import { writeReceived } from './received-message.ts';

/** ReceiveMessage. Messages whose answer does not reach the caller are given back at once. */
export const receiveMessage: Action = async (input, { bus, signal, onUndelivered }) => {
  const queue = queueNameOf(input);
  const requested = {
    system: [...input.texts('AttributeNames'), ...input.texts('MessageSystemAttributeNames')],
    message: input.texts('MessageAttributeNames'),
  };
  const messages = await bus.receive(queue, readRequest(input), signal);
  if (messages.length === 0) return {};
  onUndelivered(() =>
    bus.giveBack(
      queue,
      messages.map(({ receiptHandle }) => receiptHandle),
    ),
  );
  return { Messages: messages.map((message) => writeReceived(message, requested)) };
};

function readRequest(input: Input): ReceiveRequest {
  const maxMessages = input.wholeNumber('MaxNumberOfMessages');
  const waitSeconds = input.wholeNumber('WaitTimeSeconds');
  const visibilityTimeoutSeconds = input.wholeNumber('VisibilityTimeout');
  const attemptId = input.text('ReceiveRequestAttemptId');
  return {
    ...(maxMessages !== undefined && { maxMessages }),
    ...(waitSeconds !== undefined && { waitSeconds }),
    ...(visibilityTimeoutSeconds !== undefined && { visibilityTimeoutSeconds }),
    ...(attemptId !== undefined && { attemptId }),
  };
}
