import type { ScriptPipeline } from '@daybook/search-engine';
import { contentParseError, illegalArgument } from '../../errors/errors.ts';
import { defined, isJsonObject, type JsonObject } from '../../json/json.ts';
import { parseScriptBody, type ScriptRequest } from '../../painless/parse-script-body.ts';
import { runScript } from '../../painless/run-script.ts';
import { isNumber, jsonOf, type Value, valueFrom } from '../../painless/values.ts';
import { readOptions } from '../../query-dsl/option-readers.ts';
import type { AggregationParser } from '../aggregation-parser.ts';
import { readGapPolicy, refuseBelow } from './pipeline-options.ts';

/** Pipelines that run a script over values of each bucket. */
export function scriptPipelineParser(wireType: string, type: ScriptPipeline['type']): AggregationParser {
  return (body, context) => {
    refuseBelow(context);
    const kinds = { buckets_path: 'any', gap_policy: 'string', format: 'string', script: 'any' } as const;
    const options = readOptions(wireType, body, kinds, (name) =>
      contentParseError(`[${wireType}] unknown field [${name}]`),
    );
    if (options.script === undefined) throw illegalArgument('Required [script]');
    return defined({
      type,
      paths: readPaths(options.buckets_path),
      gapPolicy: readGapPolicy(options.gap_policy),
      format: options.format,
      evaluate: evaluator(parseScriptBody(options.script)),
      meta: context.meta,
    });
  };
}

/** A path for each name, or one path, or a list, whose names are `_value0` and so on. */
function readPaths(given: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(pathsOf(given));
  if (entries.length > 0 && entries.every(([, path]) => typeof path === 'string')) {
    return Object.fromEntries(entries) as Record<string, string>;
  }
  throw illegalArgument('Required [buckets_path]');
}

function pathsOf(given: unknown): JsonObject {
  if (isJsonObject(given)) return given;
  if (Array.isArray(given)) return Object.fromEntries(given.map((path, at) => [`_value${at}`, path]));
  return typeof given === 'string' ? { _value: given } : {};
}

/** Values of buckets are doubles, whatever they are to the script that the request states. */
function evaluator({ script, params }: ScriptRequest): ScriptPipeline['evaluate'] {
  return (values) => {
    const given = new Map<string, Value>(Object.entries(params).map(([name, value]) => [name, valueFrom(value)]));
    for (const [name, value] of values) given.set(name, value);
    const result = runScript(script, new Map<string, Value>([['params', given]]));
    return isNumber(result) ? Number(result) : jsonOf(result);
  };
}
