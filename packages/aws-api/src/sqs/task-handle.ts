import { failure } from '../wire/failure.ts';

/** What a task handle says. Opaque to callers. */
export interface TaskHandle {
  readonly id: string;
  readonly sourceArn: string;
}

/** The text of a handle. */
export function formatTaskHandle({ id, sourceArn }: TaskHandle): string {
  return Buffer.from(`${id} ${sourceArn}`).toString('base64url');
}

/** Fails for what was never a handle. */
export function parseTaskHandle(text: string): TaskHandle {
  const match = /^([\da-f-]{36}) (arn:\S+)$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  if (match !== null) return { id: match[1]!, sourceArn: match[2]! };
  throw failure(
    'InvalidParameterValue',
    `Value ${JSON.stringify(text.slice(0, 200))} for parameter TaskHandle is invalid.`,
  );
}
