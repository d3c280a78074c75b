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
export type DocumentMetadata = Readonly<Record<string, string | number | null>>;

const OPERATIONS: ReadonlyMap<string, DocumentScriptResult['operation']> = new Map([
  ['index', 'index'],
  ['create', 'index'],
  ['none', 'none'],
  ['noop', 'none'],
  ['delete', 'delete'],
]);

const BY_QUERY_OPERATIONS: ReadonlyMap<string, DocumentScriptResult['operation']> = new Map([
  ['index', 'index'],
  ['noop', 'none'],
  ['delete', 'delete'],
]);

/** Runs a script of an update over `ctx`: what it leaves in `ctx._source` is the document, and `ctx.op` says what to do with it. */
export function runDocumentScript(
  request: ScriptRequest,
  source: JsonObject,
  metadata: DocumentMetadata,
): DocumentScriptResult {
  return resultOf(contextAfter(request, source, metadata), OPERATIONS);
}

/** As {@link runDocumentScript}, for a script that is run over many documents: it may change nothing of one but its source. */
export function runByQueryScript(
  request: ScriptRequest,
  source: JsonObject,
  metadata: DocumentMetadata,
): DocumentScriptResult {
  const ctx = contextAfter(request, source, metadata);
  for (const [name, value] of Object.entries(metadata)) {
    if (ctx.get(name) !== valueFrom(value)) throw illegalArgument(`Modifying [${name}] not allowed`);
  }
  const result = resultOf(ctx, BY_QUERY_OPERATIONS);
  const added = [...ctx.keys()].filter((name) => name !== '_source' && name !== 'op' && !Object.hasOwn(metadata, name));
  if (added.length > 0) throw illegalArgument(`Invalid fields added to context [${added.join(',')}]`);
  return result;
}

function contextAfter(
  { script, params }: ScriptRequest,
  source: JsonObject,
  metadata: DocumentMetadata,
): Map<string, Value> {
  const ctx = new Map<string, Value>(Object.entries(metadata).map(([name, value]) => [name, valueFrom(value)]));
  ctx.set('_source', valueFrom(source)).set('op', 'index');
  runScript(
    script,
    new Map<string, Value>([
      ['ctx', ctx],
      ['params', valueFrom(params)],
    ]),
  );
  return ctx;
}

function resultOf(
  ctx: ReadonlyMap<string, Value>,
  operations: ReadonlyMap<string, DocumentScriptResult['operation']>,
): DocumentScriptResult {
  const op = ctx.get('op') ?? null;
  const operation = typeof op === 'string' ? operations.get(op) : undefined;
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
