import { codeOfStatus, DaybookError, type ErrorCode } from '@daybook/errors';

/** The error of an answer with `status`; its detail carries the status, Elasticsearch's own type, and as `reasons` why, each followed by its cause. */
export function statusError(request: { method: string; path: string }, status: number, body: unknown): DaybookError {
  const { type, reason } = describeError(body);
  const said = reason === undefined ? '' : `: ${type === undefined ? '' : `${type}: `}${reason}`;
  return new DaybookError(codeOf(status, type), `${request.method} ${request.path} was answered ${status}${said}`, {
    detail: { status, type, reasons: reasonsOf(body) },
  });
}

/** Type and reason in an error of Elasticsearch's shape; both undefined where it has another. */
export function describeError(body: unknown): { type: string | undefined; reason: string | undefined } {
  const error = memberOf(body, 'error');
  if (typeof error === 'string') return { type: undefined, reason: error };
  const type = memberOf(error, 'type');
  const reason = memberOf(error, 'reason');
  const cause = memberOf(memberOf(error, 'caused_by'), 'reason') ?? shardFailure(error);
  const whole = [reason, cause].filter((part) => typeof part === 'string').join(': ');
  return { type: typeof type === 'string' ? type : undefined, reason: whole === '' ? undefined : whole };
}

/** Why a search failed: its own reason is that all shards did. */
function shardFailure(error: unknown): unknown {
  return memberOf(shardError(error), 'reason');
}

function shardError(error: unknown): unknown {
  const failures = memberOf(error, 'failed_shards');
  return Array.isArray(failures) ? memberOf(failures[0], 'reason') : undefined;
}

const MAX_CAUSES = 10;

function reasonsOf(body: unknown): readonly string[] {
  const error = memberOf(body, 'error');
  const reasons: string[] = [];
  for (let at = shardError(error) ?? error; at !== undefined && reasons.length < MAX_CAUSES; ) {
    const reason = memberOf(at, 'reason');
    if (typeof reason === 'string') reasons.push(reason);
    at = memberOf(at, 'caused_by');
  }
  return reasons;
}

/** A member of what may be an object. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** What an engine failed in may succeed on another node, or later; so may what is blocked, for whoever set the block takes it away. */
function codeOf(status: number, type: string | undefined): ErrorCode {
  return status >= 500 || type === 'cluster_block_exception' ? 'unavailable' : codeOfStatus(status);
}
