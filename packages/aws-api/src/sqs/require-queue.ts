import type { MessageBus, QueueInfo } from '@daybook/message-bus';
import { failure } from '../wire/failure.ts';

/** What is known of a queue; fails when there is none of that name. */
export function requireQueue(bus: MessageBus, name: string): QueueInfo {
  const info = bus.describeQueue(name);
  if (info === undefined) throw failure('QueueDoesNotExist', 'The specified queue does not exist.');
  return info;
}
