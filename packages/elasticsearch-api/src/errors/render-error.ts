import { type DaybookError, isDaybookError } from '@daybook/errors';
import { isJsonObject, type JsonTree } from '../json/json.ts';
import { errorTable, foreignTypes, isForeignCause, statusOfType } from './error-table.ts';

/** An error as the wire has it: the object that stands under `error`, and the HTTP status. */
export interface RenderedError {
  readonly status: number;
  readonly error: { readonly [name: string]: JsonTree };
}

/**
 * Renders an error in Elasticsearch's shape. `detail.reason` is its type, `detail.properties` stand beside the reason, and a
 * cause that is a {@link DaybookError} becomes `caused_by`. Anything else is a fault of ours and shows nothing of itself.
 */
export function renderError(error: unknown): RenderedError {
  const { status, error: body } = renderCause(error);
  return { status, error: { root_cause: rootCauses(error) ?? [body], ...body } };
}

/** The error of one item of a bulk or multi request, which has no root cause of its own. */
export function renderItemError(error: unknown): RenderedError {
  const { status, error: body } = renderCause(error);
  return { status, error: body };
}

/** The error's type on the wire. */
export function wireType(error: DaybookError): string {
  return typeof error.detail.reason === 'string' ? error.detail.reason : errorTable[error.code].type;
}

/** The HTTP status of an error. */
export function wireStatus(error: DaybookError): number {
  if (typeof error.detail.status === 'number') return error.detail.status;
  return statusOfType.get(wireType(error)) ?? errorTable[error.code].status;
}

function renderCause(error: unknown): RenderedError & { readonly own: RenderedError['error'] } {
  if (!isDaybookError(error)) {
    const internal = { type: errorTable.internal.type, reason: 'internal error; the server has logged its cause' };
    return { status: errorTable.internal.status, error: internal, own: internal };
  }
  const properties = isJsonObject(error.detail.properties) ? (error.detail.properties as RenderedError['error']) : {};
  const own = { type: wireType(error), reason: error.message, ...properties };
  const cause = isDaybookError(error.cause)
    ? { caused_by: renderCause(error.cause).error }
    : statedCause(error.detail.causedBy);
  return { status: wireStatus(error), error: { ...own, ...cause }, own };
}

/** A cause that is stated rather than caught: `{type, reason, causedBy?}` in `detail.causedBy`. */
function statedCause(stated: unknown): { readonly caused_by?: JsonTree } {
  if (!isJsonObject(stated)) return {};
  return { caused_by: { type: String(stated.type), reason: String(stated.reason), ...statedCause(stated.causedBy) } };
}

function rootCauses(error: unknown): readonly JsonTree[] | undefined {
  if (!isDaybookError(error)) return undefined;
  const given = error.detail.rootCauses;
  return Array.isArray(given) ? (given as readonly JsonTree[]) : [statedRoot(rootCause(error))];
}

/** Follows stated causes in the same way. */
function statedRoot(error: DaybookError): JsonTree {
  let root: JsonTree = renderCause(error).own;
  for (let stated = error.detail.causedBy; isJsonObject(stated); stated = stated.causedBy) {
    if (isForeignCause(stated)) break;
    root = { type: String(stated.type), reason: String(stated.reason) };
  }
  return root;
}

/** Follows causes as long as they are Elasticsearch's own kind. */
function rootCause(error: DaybookError): DaybookError {
  const { cause } = error;
  if (wireType(error) === 'illegal_argument_exception' || !isDaybookError(cause)) return error;
  return foreignTypes.has(wireType(cause)) ? error : rootCause(cause);
}
