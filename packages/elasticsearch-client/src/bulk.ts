import { DaybookError } from '@daybook/errors';
import type { Source } from './source.ts';
import { describeError, memberOf } from './status-error.ts';

/** One operation of a bulk request. */
export interface BulkOperation {
  /** `create` fails with 409 where there is a document of that id. */
  readonly action: 'index' | 'create' | 'delete';
  readonly index: string;
  readonly id: string;
  /** Absent for `delete` alone. */
  readonly source?: Source;
  readonly ifUnchanged?: { readonly seqNo: number; readonly primaryTerm: number };
}

/** What became of one operation. */
export interface BulkItem {
  /** As of a request of its own: 200 or 201, 404, 409, 400, 429, …. */
  readonly status: number;
  /** Type and reason of the error, where the status is one. */
  readonly error?: { readonly type: string; readonly reason: string };
}

/** A bulk request's body and how many operations it holds. */
export interface BulkBody {
  readonly ndjson: string;
  readonly operations: number;
}

/** The bodies of the requests that carry `operations`: each up to `maxBytes`, or one operation where that alone is longer. */
export function* bulkBodies(operations: readonly BulkOperation[], maxBytes: number): Generator<BulkBody> {
  let lines: string[] = [];
  let bytes = 0;
  for (const operation of operations) {
    const entry = encodeOperation(operation);
    const entryBytes = Buffer.byteLength(entry);
    if (lines.length > 0 && bytes + entryBytes > maxBytes) {
      yield { ndjson: lines.join(''), operations: lines.length };
      lines = [];
      bytes = 0;
    }
    lines.push(entry);
    bytes += entryBytes;
  }
  if (lines.length > 0) yield { ndjson: lines.join(''), operations: lines.length };
}

/** The outcomes in a bulk answer; 'corrupt' when it does not have one for each of `operations`. */
export function bulkItems(answer: unknown, operations: number): readonly BulkItem[] {
  const items = memberOf(answer, 'items');
  if (!Array.isArray(items) || items.length !== operations)
    throw new DaybookError(
      'corrupt',
      `A bulk request of ${operations} operations was answered without an item for each`,
    );
  return items.map((item: unknown) => {
    const outcome = Object.values(item as Record<string, unknown>)[0];
    const status = memberOf(outcome, 'status');
    if (typeof status !== 'number') throw new DaybookError('corrupt', 'An item of a bulk answer has no status');
    const { type, reason } = describeError(outcome);
    return status < 300
      ? { status }
      : { status, error: { type: type ?? 'unknown', reason: reason ?? `status ${status}` } };
  });
}

function encodeOperation({ action, index, id, source, ifUnchanged }: BulkOperation): string {
  const condition =
    ifUnchanged === undefined ? {} : { if_seq_no: ifUnchanged.seqNo, if_primary_term: ifUnchanged.primaryTerm };
  const header = `${JSON.stringify({ [action]: { _index: index, _id: id, ...condition } })}\n`;
  return source === undefined ? header : `${header}${JSON.stringify(source)}\n`;
}
