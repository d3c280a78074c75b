import { isDaybookError } from '@daybook/errors';
import { type JobUpdate, parseJobUpdate } from '@daybook/jobs';
import { type JobsDatabase, mapBounded } from '@daybook/jobs-database';
import type { DeadLetter } from './dead-letter.ts';
import { loadVerdict, type VerdictSource } from './load-verdict.ts';
import type { QueueEvent, QueueEventHandler, QueueEventRecord } from './queue-event.ts';

/** What the handler works with. */
export interface HandlerOptions {
  readonly database: Pick<JobsDatabase, 'applyUpdates'>;
  readonly deadLetter: DeadLetter;
  /** Default: none, so that a verdict by reference is poison. */
  readonly verdicts?: VerdictSource;
  /** Told what an operator should know, one line each. */
  readonly log?: (message: string) => void;
}

/** Verdicts that are in memory whole, at the same time. */
const MAX_LOADS_AT_ONCE = 4;

/**
 * The handler of the update queue. Every record is merged into its job, or goes to the dead-letter queue with its reason;
 * those for which neither could be done are in the answer and must come again. One record never holds up another.
 */
export function createHandler(options: HandlerOptions): QueueEventHandler {
  const { database, deadLetter, log } = options;
  const verdicts = options.verdicts ?? { urlPrefixes: [] };

  async function bury(record: QueueEventRecord, reason: string): Promise<Fate> {
    try {
      await deadLetter.send(record, reason);
      log?.(`Message ${record.messageId} went to the dead-letter queue: ${reason}`);
      return 'done';
    } catch (error) {
      log?.(`Message ${record.messageId} is poison (${reason}) and the dead-letter queue is away: ${describe(error)}`);
      return 'again';
    }
  }

  async function read(record: QueueEventRecord): Promise<JobUpdate | Fate> {
    const parsed = parseJobUpdate(record);
    if ('poison' in parsed) return await bury(record, parsed.poison);
    try {
      const whole = await loadVerdict(parsed.update, verdicts);
      return 'poison' in whole ? await bury(record, whole.poison) : whole.update;
    } catch (error) {
      log?.(`The verdict of message ${record.messageId} could not be loaded: ${describe(error)}`);
      return 'again';
    }
  }

  async function write(read: readonly { record: QueueEventRecord; update: JobUpdate }[]): Promise<Fate[]> {
    try {
      const outcomes = await database.applyUpdates(read.map(({ update }) => update));
      const reason = outcomes.find(({ result }) => result === 'unavailable');
      if (reason?.result === 'unavailable') log?.(`The jobs database is away: ${reason.reason}`);
      return await Promise.all(
        outcomes.map(async (outcome, i): Promise<Fate> => {
          if (outcome.result === 'poison') return await bury(read[i]!.record, outcome.reason);
          return outcome.result === 'unavailable' ? 'again' : 'done';
        }),
      );
    } catch (error) {
      log?.(`A batch of ${read.length} updates failed: ${describe(error)}`);
      return read.map(() => 'again');
    }
  }

  return async ({ Records }: QueueEvent) => {
    const readings = await mapBounded(Records, MAX_LOADS_AT_ONCE, read);
    const updates = Records.flatMap((record, i) => {
      const update = readings[i]!;
      return typeof update === 'string' ? [] : [{ record, update }];
    });
    const written = updates.length === 0 ? [] : await write(updates);
    const again = [
      ...Records.filter((_, i) => readings[i] === 'again'),
      ...updates.filter((_, i) => written[i] === 'again').map(({ record }) => record),
    ];
    return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

/** Whether a record may be acknowledged. */
type Fate = 'done' | 'again';

function describe(error: unknown): string {
  if (isDaybookError(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
