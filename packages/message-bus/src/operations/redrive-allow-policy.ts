import { busError } from '../bus-error.ts';
import type { QueueSettings } from '../queue-settings.ts';

const MAX_SOURCES = 10;

/** Which queues may name this one as their dead-letter queue (SQS API, SetQueueAttributes, `RedriveAllowPolicy`). */
interface RedriveAllowPolicy {
  readonly redrivePermission?: unknown;
  readonly sourceQueueArns?: unknown;
}

/** Throws unless the settings' redrive allow policy, if there is one, is one. */
export function checkRedriveAllowPolicy({ passive }: QueueSettings): void {
  const text = passive.RedriveAllowPolicy ?? '';
  if (text === '') return;
  const { redrivePermission, sourceQueueArns } = parse(text) ?? {};
  const sources = Array.isArray(sourceQueueArns) ? sourceQueueArns.length : 0;
  const byQueue = redrivePermission === 'byQueue';
  if (byQueue && sources > 0 && sources <= MAX_SOURCES) return;
  if (sourceQueueArns === undefined && (redrivePermission === 'allowAll' || redrivePermission === 'denyAll')) return;
  throw busError(
    'value',
    `Value ${JSON.stringify(text.slice(0, 200))} for parameter RedriveAllowPolicy is invalid. Reason: it must be JSON with a redrivePermission of allowAll, denyAll, or byQueue, which has 1 to ${MAX_SOURCES} sourceQueueArns.`,
  );
}

/** Whether a dead-letter queue with these settings takes the messages of a source. */
export function allowsRedrive({ passive }: QueueSettings, sourceArn: string): boolean {
  const { redrivePermission, sourceQueueArns } = parse(passive.RedriveAllowPolicy ?? '') ?? {};
  if (redrivePermission === 'byQueue') return Array.isArray(sourceQueueArns) && sourceQueueArns.includes(sourceArn);
  return redrivePermission !== 'denyAll';
}

function parse(text: string): RedriveAllowPolicy | undefined {
  try {
    const policy: unknown = JSON.parse(text);
    return typeof policy === 'object' && policy !== null ? policy : undefined;
  } catch {
    return undefined;
  }
}
