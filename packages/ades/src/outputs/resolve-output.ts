import { isJsonObject, type Json, type JsonObject } from '@daybook/jobs';
import { lastSegment } from '../http/last-segment.ts';
import { isLocated } from '../jobs/cwl-value.ts';

/** What a URL below a job's outputs means: a value of the results, or something in the output store. */
export type ResolvedOutput =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'stored'; readonly path: string; readonly checksum?: string };

/**
 * Follows a path into the results: through arrays by index and records by name, as outputs are laid out in the store. The URL of an output
 * that is one File or Directory means that; deeper paths lead into the store.
 */
export function resolveOutput(results: JsonObject, segments: readonly string[]): ResolvedOutput {
  let value: Json | undefined = results;
  let depth = 0;
  while (depth < segments.length && value !== undefined && !isLocated(value)) {
    value = member(value, segments[depth]!);
    depth += 1;
  }
  if (isLocated(value)) {
    const basename = value.basename ?? lastSegment(value.location);
    const rest = segments.slice(depth);
    const isItself = rest.length === 0 || (rest.length === 1 && rest[0] === basename);
    const path = [...segments.slice(0, depth), ...(rest.length === 0 ? [basename] : rest)].join('/');
    return isItself && value.checksum !== undefined
      ? { kind: 'stored', path, checksum: value.checksum }
      : { kind: 'stored', path };
  }
  if (value === undefined || value === null) return { kind: 'stored', path: segments.join('/') };
  return { kind: 'value', value };
}

function member(value: Json, name: string): Json | undefined {
  if (Array.isArray(value)) return /^\d{1,9}$/.test(name) ? value[Number(name)] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
