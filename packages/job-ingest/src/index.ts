export { createHandler, type HandlerOptions } from './create-handler.ts';
export { createDeadLetter, type DeadLetter } from './dead-letter.ts';
export type { VerdictSource } from './load-verdict.ts';
export type { QueueEvent, QueueEventHandler, QueueEventRecord, QueueEventResponse } from './queue-event.ts';
export { type Poller, type PollerHealth, type PollerOptions, startPoller } from './start-poller.ts';
