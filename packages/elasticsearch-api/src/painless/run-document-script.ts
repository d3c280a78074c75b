import { illegalArgument } from '../errors/errors.ts';
import type { JsonObject } from '../json/json.ts';
import type { ScriptRequest } from './parse-script-body.ts';
import { runScript } from './run-script.ts';
import { jsonOf, type Value, valueFrom } from './values.ts';

/** What a script made of a document. */
export type DocumentScriptResult =
  | { readonly operation: 'index'; readonly source: JsonObject }
  | { readonly operation: 'none' | 'delete' };

/** What a script sees of a document besides its source, under names such as `_id`. */
export type DocumentMetadata = Readonly<Record<string, string | number>>;

const OPERATIONS: ReadonlyMap<string, DocumentScriptResult['operation']> = new Map([
  ['index', 'index'],
  ['create', 'index'],
  ['none', 'none'],
  ['noop', 'none'],
  ['delete', 'delete'],
]);

/** Runs a script of an update over `ctx`: what it leaves in `ctx._source` is the document, and `ctx.op` says what to do with it. */
export function runDocumentScript(
  { script, params }: ScriptRequest,
  source: JsonObject,
  metadata: DocumentMetadata,
): DocumentScriptResult {
  const ctx = new Map<string, Value>(Object.entries(metadata).map(([name, value]) => [name, valueFrom(value)]));
  ctx.set('_source', valueFrom(source)).set('op', 'index');
  runScript(
    script,
    new Map<string, Value>([
      ['ctx', ctx],
      ['params', valueFrom(params)],
    ]),
  );
  const op = ctx.get('op') ?? null;
  const operation = typeof op === 'string' ? OPERATIONS.get(op) : undefined;
  if (operation === undefined) {
    throw illegalArgument(`Operation type [${String(op)}] not allowed, only [noop, index, delete] are allowed`);
  }
  if (operation !== 'index') return { operation };
  const changed = ctx.get('_source');
  if (!(changed instanceof Map)) throw illegalArgument('[ctx._source] is no object after the script has run');
  return { operation, source: documentOf(changed) };
}

function documentOf(source: Value): JsonObject {
  try {
    return jsonOf(source) as JsonObject;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw illegalArgument('Iterable object is self-referencing itself (ctx)');
  }
}
