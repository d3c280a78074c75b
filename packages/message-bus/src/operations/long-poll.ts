import type { BusCore } from '../bus-core.ts';
import { busError } from '../bus-error.ts';
import type { ReceivedMessage } from '../message.ts';
import type { Queue } from '../queue.ts';
import { checkReceive, type ReceiveRequest, receiveNow } from './receive.ts';

interface Poller {
  readonly request: ReceiveRequest;
  readonly finish: (messages: readonly ReceivedMessage[]) => void;
  readonly fail: (error: unknown) => void;
}

/** The longest time that setTimeout takes. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Receives that wait. Those of a queue are served in the order of their coming, as soon as there is something to receive. */
export class LongPolls {
  readonly #core: BusCore;
  readonly #pollers = new Map<Queue, Set<Poller>>();
  readonly #timers = new Map<Queue, NodeJS.Timeout>();

  constructor(core: BusCore) {
    this.#core = core;
    core.onChange = (queue) => this.#serve(queue);
  }

  /** Receives now, or as soon as there is something, or nothing when the wait ends or `signal` says so. */
  async receive(queueName: string, request: ReceiveRequest, signal?: AbortSignal): Promise<readonly ReceivedMessage[]> {
    checkReceive(request);
    const queue = this.#core.requireQueue(queueName);
    if (signal?.aborted) return [];
    const waitSeconds = request.waitSeconds ?? queue.description.settings.receiveWaitSeconds;
    const waiting = this.#pollers.get(queue)?.size ?? 0;
    const messages = waiting > 0 && waitSeconds > 0 ? [] : receiveNow(this.#core, queue, request);
    if (messages.length > 0 || waitSeconds === 0) return messages;
    return await this.#wait(queue, request, waitSeconds * 1000, signal);
  }

  /** Ends all waits with nothing. */
  close(): void {
    for (const pollers of this.#pollers.values()) for (const poller of pollers) poller.finish([]);
  }

  #wait(
    queue: Queue,
    request: ReceiveRequest,
    waitMs: number,
    signal?: AbortSignal,
  ): Promise<readonly ReceivedMessage[]> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onEnd);
        this.#remove(queue, poller);
      };
      const poller: Poller = {
        request,
        finish: (messages) => {
          leave();
          resolve(messages);
        },
        fail: (error) => {
          leave();
          reject(error);
        },
      };
      const onEnd = (): void => poller.finish([]);
      const timer = setTimeout(onEnd, waitMs);
      signal?.addEventListener('abort', onEnd, { once: true });
      const pollers = this.#pollers.get(queue) ?? new Set();
      this.#pollers.set(queue, pollers.add(poller));
      this.#serve(queue);
    });
  }

  #remove(queue: Queue, poller: Poller): void {
    const pollers = this.#pollers.get(queue);
    pollers?.delete(poller);
    if (pollers?.size !== 0) return;
    this.#pollers.delete(queue);
    clearTimeout(this.#timers.get(queue));
    this.#timers.delete(queue);
  }

  #serve(queue: Queue): void {
    for (const poller of this.#pollers.get(queue) ?? []) {
      try {
        if (!this.#core.state.queues.has(queue.id)) throw busError('queue-missing', 'The queue was deleted.');
        const messages = receiveNow(this.#core, queue, poller.request);
        if (messages.length === 0) break;
        poller.finish(messages);
      } catch (error) {
        poller.fail(error);
      }
    }
    if (this.#pollers.has(queue)) this.#serveAtNextChange(queue);
  }

  #serveAtNextChange(queue: Queue): void {
    clearTimeout(this.#timers.get(queue));
    const at = queue.nextChangeAt();
    if (at === undefined) return;
    const delayMs = Math.min(Math.max(at - this.#core.now(), 0), MAX_TIMER_MS);
    this.#timers.set(
      queue,
      setTimeout(() => this.#serve(queue), delayMs),
    );
  }
}
