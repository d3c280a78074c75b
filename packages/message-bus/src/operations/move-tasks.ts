import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { formatArn, nameOfArn } from '../arn.ts';
import type { BusCore } from '../bus-core.ts';
import { busError } from '../bus-error.ts';
import type { JournalEvent } from '../journal-event.ts';
import type { Queue } from '../queue.ts';
import { checkRange } from '../queue-settings.ts';
import { deadLetterSources } from './queues.ts';

/** Where a task is; MOVE-TASKS.md has the steps between. */
export type MoveTaskStatus = 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED';

/** Which messages to move, and how. */
export interface MoveTaskRequest {
  /** A queue that is another's dead-letter queue. */
  readonly sourceArn: string;
  /** Where all messages go; unless given, each goes back to the queue it came from. */
  readonly destinationArn?: string | undefined;
  /** 1 to 500; as fast as it goes unless given. */
  readonly maxMessagesPerSecond?: number | undefined;
}

/** A task as its owner sees it. */
export interface MoveTaskInfo extends MoveTaskRequest {
  readonly id: string;
  readonly status: MoveTaskStatus;
  readonly moved: number;
  /** Messages that were there to be moved at the start. */
  readonly toMove: number;
  readonly startedAt: number;
  readonly failureReason?: string | undefined;
}

type MoveTask = { -readonly [Key in keyof MoveTaskInfo]: MoveTaskInfo[Key] } & { readonly cancel: AbortController };

/** Messages that are moved in one record. */
const MESSAGES_PER_STEP = 100;
const MAX_PER_SECOND = 500;
/** Tasks of one source that are remembered, as on AWS. */
const TASKS_KEPT = 10;

/** The tasks that move messages out of dead-letter queues. They are kept in memory; every step that one makes is a record. */
export class MoveTasks {
  readonly #core: BusCore;
  /** By the source's ARN, newest first. */
  readonly #tasks = new Map<string, MoveTask[]>();
  readonly #running = new Set<Promise<void>>();

  constructor(core: BusCore) {
    this.#core = core;
  }

  /** Starts a task and returns its id. */
  start(request: MoveTaskRequest): string {
    const { sourceArn, destinationArn, maxMessagesPerSecond = MAX_PER_SECOND } = request;
    checkRange('MaxNumberOfMessagesPerSecond', maxMessagesPerSecond, 1, MAX_PER_SECOND);
    const source = this.#requireQueue('SourceArn', sourceArn);
    if (destinationArn !== undefined) this.#requireQueue('DestinationArn', destinationArn);
    if (destinationArn === sourceArn) throw busError('value', 'Source and destination queues cannot be the same.');
    if (deadLetterSources(this.#core, source.description.name, { limit: 1 }).items.length === 0)
      throw busError('value', 'Source queue must be configured as a Dead Letter Queue.');
    const others = this.#tasks.get(sourceArn) ?? [];
    if (others.some(({ status }) => status === 'RUNNING' || status === 'CANCELLING')) {
      throw busError(
        'value',
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    const now = this.#core.now();
    const task: MoveTask = {
      ...request,
      id: randomUUID(),
      status: 'RUNNING',
      moved: 0,
      toMove: source.counts(now).visible,
      startedAt: now,
      cancel: new AbortController(),
    };
    this.#tasks.set(sourceArn, [task, ...others].slice(0, TASKS_KEPT));
    const run = this.#run(task, source).finally(() => this.#running.delete(run));
    this.#running.add(run);
    return task.id;
  }

  /** Ends a task after the step that it is making; returns how many messages it has moved. */
  cancel(sourceArn: string, id: string): number {
    const task = this.#tasks.get(sourceArn)?.find((each) => each.id === id);
    if (task === undefined) throw busError('resource-missing', 'Task does not exist.');
    if (task.status !== 'RUNNING') throw busError('value', 'Only active tasks can be cancelled.');
    task.status = 'CANCELLING';
    task.cancel.abort();
    return task.moved;
  }

  /** The newest tasks of a source, newest first. */
  list(sourceArn: string, limit: number): readonly MoveTaskInfo[] {
    checkRange('MaxResults', limit, 1, TASKS_KEPT);
    this.#requireQueue('SourceArn', sourceArn);
    return (this.#tasks.get(sourceArn) ?? []).slice(0, limit);
  }

  /** Ends all tasks. */
  async close(): Promise<void> {
    for (const task of [...this.#tasks.values()].flat()) task.cancel.abort();
    await Promise.all(this.#running);
  }

  async #run(task: MoveTask, source: Queue): Promise<void> {
    const { maxMessagesPerSecond } = task;
    try {
      // The step goes on after the limit's wait only, so that a slow task can be cancelled at any time.
      while (!task.cancel.signal.aborted) {
        const wanted = Math.min(maxMessagesPerSecond ?? MESSAGES_PER_STEP, MESSAGES_PER_STEP);
        const moved = await this.#step(task, source, wanted);
        task.moved += moved;
        if (moved === 0) break;
        if (maxMessagesPerSecond !== undefined)
          await delay((moved * 1000) / maxMessagesPerSecond, undefined, { signal: task.cancel.signal }).catch(() => {});
      }
      task.status = task.cancel.signal.aborted ? 'CANCELLED' : 'COMPLETED';
    } catch (error) {
      task.status = 'FAILED';
      task.failureReason = error instanceof Error ? error.message : String(error);
    }
  }

  /** Moves some messages in one record, and returns how many. */
  async #step(task: MoveTask, source: Queue, max: number): Promise<number> {
    const core = this.#core;
    const now = core.now();
    source.advance(now);
    const messages = core.state.queues.has(source.id) ? source.take(max, now, now) : [];
    if (messages.length === 0) return 0;
    const events: JournalEvent[] = [];
    const moved: number[] = [];
    let failure: Error | undefined;
    for (const message of messages) {
      const { deadLetterSourceArn, ...content } = core.contentOf(message);
      const target = this.#findQueue(task.destinationArn ?? deadLetterSourceArn ?? '');
      if (target === undefined) {
        failure ??= new Error('CouldNotDetermineMessageSource');
        continue;
      }
      moved.push(message.sequence);
      // spec: SQS API, StartMessageMoveTask: a message that is moved is new, with an id and a time of its own.
      events.push({
        type: 'message',
        queue: target.id,
        message: {
          sequence: core.state.takeNumber(),
          groupId: message.groupId,
          sentAt: now,
          visibleAt: now,
          receiveCount: 0,
        },
        content: { ...content, messageId: randomUUID() },
      });
    }
    const stay = messages.filter(({ sequence }) => !moved.includes(sequence));
    for (const message of stay) source.putBack(message, now);
    if (moved.length > 0) await core.commit([{ type: 'deleted', queue: source.id, sequences: moved }, ...events]);
    if (failure !== undefined) {
      task.moved += moved.length;
      throw failure;
    }
    return moved.length;
  }

  #findQueue(arn: string): Queue | undefined {
    const name = nameOfArn('sqs', this.#core.identity, arn);
    return name === undefined ? undefined : this.#core.state.queuesByName.get(name);
  }

  #requireQueue(parameter: string, arn: string): Queue {
    const queue = this.#findQueue(arn);
    if (queue !== undefined && arn === formatArn('sqs', this.#core.identity, queue.description.name)) return queue;
    throw busError(
      'resource-missing',
      `The resource that you specified for the ${parameter} parameter doesn't exist: ${JSON.stringify(arn.slice(0, 300))}.`,
    );
  }
}
