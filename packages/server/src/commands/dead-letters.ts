import { createInterface } from 'node:readline/promises';
import { DaybookError } from '@daybook/errors';
import type { Command } from 'commander';
import type { SettingName } from '../config/settings.ts';
import { awsOptions } from '../connections.ts';
import { type DeadLetter, DeadLetterQueue } from './dead-letter-queue.ts';
import { addSettingOptions, settingsOf } from './setting-options.ts';

const SETTINGS: readonly SettingName[] = [
  'host',
  'bus-port',
  'bus-keys',
  'aws-endpoint',
  'aws-region',
  'update-queue-url',
  'update-dead-letter-queue-url',
];
const SHOWN_BODY_CHARS = 100;
const LIST_LIMIT = 100;

type Options = Record<string, unknown> & { readonly all?: boolean; readonly yes?: boolean };

/** `daybook dead-letters`: looks through the job updates that could not be applied, over the wire of a bus that runs. */
export function configure(command: Command): void {
  const add = (usage: string, description: string): Command =>
    addSettingOptions(command.command(usage).description(description), SETTINGS);
  const selecting = (usage: string, description: string): Command =>
    add(usage, description).option('--all', 'every dead letter there is');

  add('list', 'list them').action((options: Options) => onQueue(options, list));
  add('show <id>', 'print one, whole').action((id: string, options: Options) =>
    onQueue(options, (queue) => show(queue, id)),
  );
  selecting('replay [ids...]', 'send them to the update queue again').action((ids: string[], options: Options) =>
    onQueue(options, (queue) => replay(queue, selectionOf(ids, options))),
  );
  selecting('discard [ids...]', 'delete them for good')
    .option('--yes', 'do not ask')
    .action((ids: string[], options: Options) =>
      onQueue(options, (queue) => discard(queue, selectionOf(ids, options), options.yes === true)),
    );
}

async function onQueue(options: Options, use: (queue: DeadLetterQueue) => Promise<void>): Promise<void> {
  const settings = settingsOf(options);
  const queue = await DeadLetterQueue.open(awsOptions(settings, undefined), settings);
  try {
    await use(queue);
  } finally {
    await queue.close();
  }
}

/** Which dead letters are meant. */
class Selection {
  /** Undefined when all are. */
  readonly #missing: Set<string> | undefined;

  constructor(ids: readonly string[] | undefined) {
    this.#missing = ids && new Set(ids);
  }

  /** Those of `letters` that are meant. */
  pick(letters: readonly DeadLetter[]): readonly DeadLetter[] {
    const missing = this.#missing;
    return missing === undefined ? letters : letters.filter(({ message }) => missing.delete(message.messageId));
  }

  get complete(): boolean {
    return this.#missing?.size === 0;
  }

  /** Throws when something was named that was not there. */
  requireComplete(): void {
    const [id] = this.#missing ?? [];
    if (id !== undefined) throw new DaybookError('not-found', `there is no dead letter ${JSON.stringify(id)}`);
  }
}

function selectionOf(ids: readonly string[], { all = false }: Options): Selection {
  if (all === ids.length > 0) throw new DaybookError('invalid-argument', 'expected ids of dead letters, or --all');
  return new Selection(all ? undefined : ids);
}

async function list(queue: DeadLetterQueue): Promise<void> {
  let shown = 0;
  await queue.each(async (letters) => {
    for (const { message, published, reason, jobId, sentAt } of letters) {
      const body = published.length > SHOWN_BODY_CHARS ? `${published.slice(0, SHOWN_BODY_CHARS)}…` : published;
      print(`${message.messageId}  ${sentAt.toISOString()}  job ${jobId}\n  ${reason}\n  ${body}`);
    }
    shown += letters.length;
    return { done: [], enough: shown >= LIST_LIMIT };
  });
  const count = await queue.count();
  print(shown >= count ? `${shown} dead letters` : `${shown} of about ${count} dead letters`);
}

async function show(queue: DeadLetterQueue, id: string): Promise<void> {
  const selection = new Selection([id]);
  await queue.each(async (letters) => {
    for (const { message, reason, jobId, sentAt } of selection.pick(letters)) {
      print(`id      ${message.messageId}\nsent    ${sentAt.toISOString()}\njob     ${jobId}\nreason  ${reason}\n`);
      print(message.body);
    }
    return { done: [], enough: selection.complete };
  });
  selection.requireComplete();
}

async function replay(queue: DeadLetterQueue, selection: Selection): Promise<void> {
  const before = await queue.count();
  let replayed = 0;
  await queue.each(async (letters) => {
    const picked = selection.pick(letters);
    for (const letter of picked) await queue.replay(letter);
    replayed += picked.length;
    // One that is still wrong comes back here; it is not for this run.
    return { done: picked, enough: selection.complete || replayed >= before };
  });
  selection.requireComplete();
  print(`${replayed} replayed`);
}

async function discard(queue: DeadLetterQueue, selection: Selection, sure: boolean): Promise<void> {
  if (!sure && !(await confirm(`Delete them for good? There are about ${await queue.count()} in all. [y/N] `))) return;
  let discarded = 0;
  await queue.each(async (letters) => {
    const done = selection.pick(letters);
    discarded += done.length;
    return { done, enough: selection.complete };
  });
  selection.requireComplete();
  print(`${discarded} discarded`);
}

async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new DaybookError('invalid-argument', 'there is nobody to ask; --yes discards without asking');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(question);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
