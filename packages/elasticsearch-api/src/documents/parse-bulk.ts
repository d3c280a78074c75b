import { isDaybookError } from '@daybook/errors';
import { illegalArgument, numberFormatError } from '../errors/errors.ts';
import { parseBooleanParameter } from '../http/parameters.ts';
import { isJsonObject, type JsonObject, tokenOf } from '../json/json.ts';
import { parseJson } from '../json/parse-json.ts';

/** One action of a bulk body: its metadata, and the line of its document. */
export interface BulkAction {
  readonly action: 'index' | 'create' | 'update' | 'delete';
  readonly metadata: BulkMetadata;
  /** Absent for delete. */
  readonly source?: Uint8Array;
}

interface BulkMetadata {
  readonly _index?: string;
  readonly _id?: string;
  readonly routing?: string;
  readonly if_seq_no?: number;
  readonly if_primary_term?: number;
  readonly version?: number;
  readonly version_type?: string;
  readonly retry_on_conflict?: number;
  readonly require_alias?: boolean;
  readonly pipeline?: string;
  readonly op_type?: string;
  readonly _source?: unknown;
}

const actions: ReadonlySet<string> = new Set(['index', 'create', 'update', 'delete']);
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

type Kind = 'string' | 'long' | 'integer' | 'boolean' | 'any' | 'ignored';

const metadataKinds: ReadonlyMap<string, readonly [keyof BulkMetadata | undefined, Kind]> = new Map([
  ['_index', ['_index', 'string']],
  ['_id', ['_id', 'string']],
  ['_type', [undefined, 'ignored']],
  ['routing', ['routing', 'string']],
  ['pipeline', ['pipeline', 'string']],
  ['dynamic_templates', [undefined, 'ignored']],
  ['retry_on_conflict', ['retry_on_conflict', 'integer']],
  ['if_seq_no', ['if_seq_no', 'long']],
  ['if_primary_term', ['if_primary_term', 'long']],
  ['version', ['version', 'long']],
  ['version_type', ['version_type', 'string']],
  ['require_alias', ['require_alias', 'boolean']],
  ['op_type', ['op_type', 'string']],
  ['_source', ['_source', 'any']],
]);

/**
 * Reads a bulk body line by line, one action at a time, so that a large one is never held twice. Lines end in LF or CRLF, the
 * last one too; empty lines between actions are passed over.
 */
export function* parseBulk(body: Uint8Array): Generator<BulkAction> {
  if (body.at(-1) !== lineFeed) throw illegalArgument('The bulk request must be terminated by a newline [\\n]');
  let start = 0;
  let lineNumber = 0;
  const nextLine = (): Uint8Array | undefined => {
    const end = body.indexOf(lineFeed, start);
    if (end < 0) return undefined;
    const line = body.subarray(start, body[end - 1] === carriageReturn && end > start ? end - 1 : end);
    start = end + 1;
    lineNumber += 1;
    return line;
  };
  for (let line = nextLine(); line !== undefined; line = nextLine()) {
    if (line.byteLength === 0) continue;
    const { action, metadata } = parseActionLine(line, lineNumber);
    if (action === 'delete') {
      yield { action, metadata };
      continue;
    }
    const source = nextLine();
    // compat: a last action without its document is dropped.
    if (source === undefined) return;
    yield { action, metadata, source };
  }
}

function parseActionLine(line: Uint8Array, lineNumber: number): Pick<BulkAction, 'action' | 'metadata'> {
  const value = parseLine(line, lineNumber);
  if (!isJsonObject(value)) throw malformed(lineNumber, `expected START_OBJECT but found [${tokenOf(value)}]`);
  // compat: what stands behind the action is passed over.
  const [first] = Object.entries(value);
  if (first === undefined) throw malformed(lineNumber, 'expected FIELD_NAME but found [END_OBJECT]');
  const [action, given] = first;
  if (!isJsonObject(given)) {
    throw malformed(lineNumber, `expected START_OBJECT or END_OBJECT but found [${tokenOf(given)}]`);
  }
  if (!actions.has(action)) {
    throw malformed(lineNumber, `expected one of [create, delete, index, update] but found [${action}]`);
  }
  const metadata = readMetadata(given, lineNumber);
  return { action: withOpType(action as BulkAction['action'], metadata.op_type), metadata };
}

/** An index action may ask to be a create. */
function withOpType(action: BulkAction['action'], opType: string | undefined): BulkAction['action'] {
  return action === 'index' && opType === 'create' ? 'create' : action;
}

function readMetadata(given: JsonObject, lineNumber: number): BulkMetadata {
  const metadata: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const entry = metadataKinds.get(name);
    if (entry === undefined) {
      throw illegalArgument(`Action/metadata line [${lineNumber}] contains an unknown parameter [${name}]`);
    }
    const [target, kind] = entry;
    if (target !== undefined && value !== null) metadata[target] = convert(value, kind, name, lineNumber);
  }
  return metadata;
}

function convert(value: unknown, kind: Kind, name: string, lineNumber: number): unknown {
  if (kind === 'any') return value;
  if (typeof value === 'object') {
    const what = `expected a simple value for field [${name}] but found [${tokenOf(value)}]`;
    throw illegalArgument(`Malformed action/metadata line [${lineNumber}], ${what}`);
  }
  if (kind === 'long' || kind === 'integer') {
    if (Number.isInteger(Number(value))) return Number(value);
    const error = numberFormatError(value);
    // compat: only an `int` is told as Java tells it.
    throw kind === 'integer' ? error : illegalArgument(error.message);
  }
  return kind === 'boolean' ? parseBooleanParameter(String(value)) : String(value);
}

function parseLine(line: Uint8Array, lineNumber: number): unknown {
  try {
    return parseJson(line);
  } catch (error) {
    if (isDaybookError(error)) throw malformed(lineNumber, error.message);
    throw error;
  }
}

function malformed(lineNumber: number, what: string): Error {
  return illegalArgument(`Malformed action/metadata line [${lineNumber}], ${what}`);
}
