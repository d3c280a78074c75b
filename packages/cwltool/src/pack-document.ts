import { DaybookError, type ErrorCode } from '@daybook/errors';
import type { JsonObject } from './json.ts';
import { type PackedDocument, type PackRequest, UPDATE_JOB_REPLACEMENTS } from './pack-request.ts';
import type { TaskEnd, TaskEvent, TaskHost, TaskRequest } from './task-host.ts';

const DEFAULT_TIME_LIMIT_MS = 60_000;
/** Packing holds no user's work: it is killed at once. */
const GRACE_MS = 0;

/** The reasons of `pack-failed` in python/PROTOCOL.md. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  unreachable: 'invalid-argument',
  forbidden: 'forbidden',
  invalid: 'invalid-argument',
  unsupported: 'unsupported',
  'no-such-workflow': 'not-found',
};

/** Packs a document on `host`. */
export async function packDocument(host: TaskHost, id: string, request: PackRequest): Promise<PackedDocument> {
  const wire = packRequest(id, request);
  let packed: PackedDocument | undefined;
  let failed: DaybookError | undefined;
  const task = host.start(wire, (event) => {
    if (event.event === 'packed') packed = packedDocument(event);
    else if (event.event === 'pack-failed') failed = packFailure(event);
  });
  const end = await task.end;
  if (failed !== undefined) throw failed;
  if (packed === undefined) throw interrupted(end, wire);
  return packed;
}

function packRequest(id: string, request: PackRequest): TaskRequest {
  const { source } = request;
  const policy = request.fetchPolicy ?? {};
  return {
    op: 'pack',
    id,
    ...('url' in source ? { url: source.url } : { url: source.baseUrl, text: source.text }),
    ...(request.workflow !== undefined && { workflow: request.workflow }),
    fetchPolicy: { ...policy },
    replacements: (request.replacements ?? UPDATE_JOB_REPLACEMENTS).map((replacement) => ({ ...replacement })),
    wallLimitMs: request.timeLimitMs ?? DEFAULT_TIME_LIMIT_MS,
    graceMs: GRACE_MS,
  };
}

function packedDocument(event: TaskEvent): PackedDocument {
  return {
    document: event.document as JsonObject,
    cwlVersion: String(event.cwlVersion),
    urls: event.urls as readonly string[],
    replacedTools: event.replacedTools as readonly string[],
  };
}

function packFailure(event: TaskEvent): DaybookError {
  const reason = String(event.code);
  return new DaybookError(CODES[reason] ?? 'invalid-argument', String(event.message), {
    detail: { reason, url: event.url },
  });
}

function interrupted(end: TaskEnd, request: TaskRequest): DaybookError {
  const detail = { url: request.url };
  if (end.reason === 'wall-limit') {
    const message = `${request.url}: the document could not be fetched and packed within ${request.wallLimitMs} ms`;
    return new DaybookError('timeout', message, { detail });
  }
  return new DaybookError('unavailable', `${request.url}: packing was interrupted (${end.reason ?? end.exitCode})`, {
    detail,
  });
}
