import { existsSync } from 'node:fs';
import type { JobUpdate } from '@daybook/jobs';
import { buildMessage } from './build-message.ts';
import type { Destination } from './destination.ts';
import { type Environment, parseArguments, USAGE } from './parse-arguments.ts';
import type { Published } from './publish.ts';
import { spool } from './spool.ts';

/** What the program is given and where it writes. */
export interface ProgramContext {
  readonly argv: readonly string[];
  readonly environment: Environment;
  readonly writeOut: (line: string) => void;
  readonly writeError: (line: string) => void;
  /** Default 20 s. */
  readonly timeoutMs?: number;
}

/**
 * Runs the program and resolves with its exit code: 2 for arguments that cannot be understood, else 0, also when the update
 * could not be published, because a science job must not fail for that. What was sent is one line of JSON on standard output;
 * what could not be sent within the limit is left for the worker, where a worker runs the job.
 */
export async function run(context: ProgramContext): Promise<number> {
  const { argv, environment, writeOut, timeoutMs = 20_000 } = context;
  const complain = (text: string): void => context.writeError(`update-job: ${text}`);
  const parsed = parseArguments(argv, environment);
  if ('help' in parsed) {
    writeOut(USAGE);
    return 0;
  }
  if ('problem' in parsed) {
    complain(`${parsed.problem}\n${USAGE}`);
    return 2;
  }
  const { topicArn } = parsed.arguments;
  const { update, text, warnings } = buildMessage(parsed.arguments);
  for (const warning of warnings) complain(warning);
  const sent =
    (await publishToWorker(text, environment, timeoutMs)) ??
    (await publishToTopic(update, text, topicArn, environment, timeoutMs));
  if (sent.published) {
    writeOut(text);
    return 0;
  }
  const folder = environment.DAYBOOK_UPDATE_SPOOL;
  const isLeft = !sent.final && folder !== undefined && folder !== '' && spool(update, text, folder);
  complain(`not sent: ${sent.reason}${isLeft ? '; the worker sends it when the job has ended' : ''}`);
  return 0;
}

/** Each way is loaded only when it is gone: the program runs for a tenth of a second, once for each update. */
async function publishToWorker(
  text: string,
  environment: Environment,
  timeoutMs: number,
): Promise<Published | undefined> {
  const { DAYBOOK_UPDATE_SOCKET: socket, DAYBOOK_UPDATE_URL: url, DAYBOOK_UPDATE_TOKEN: token } = environment;
  const hasEndpoint = url !== undefined && url !== '' && token !== undefined;
  // In a container the variable is there, and the socket is not.
  if (socket && (!hasEndpoint || existsSync(socket))) {
    const { publishBySocket } = await import('./publish-by-socket.ts');
    return await publishBySocket(text, socket, timeoutMs);
  }
  if (!hasEndpoint) return undefined;
  const { publishByEndpoint } = await import('./publish-by-endpoint.ts');
  return await publishByEndpoint(text, { url, token }, timeoutMs);
}

async function publishToTopic(
  update: JobUpdate,
  text: string,
  topicArn: string,
  environment: Environment,
  timeoutMs: number,
): Promise<Published> {
  const began = Date.now();
  const [{ resolveDestination }, { publish }] = await Promise.all([import('./destination.ts'), import('./publish.ts')]);
  let destination: Destination;
  try {
    destination = await withinLimit(resolveDestination(topicArn, environment), timeoutMs);
  } catch (error) {
    return { published: false, final: false, reason: `there are no credentials: ${(error as Error).message}` };
  }
  const remainingMs = Math.max(1, timeoutMs - (Date.now() - began));
  return await publish(update, text, { ...destination, topicArn, timeoutMs: remainingMs });
}

async function withinLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
