import { illegalArgument } from '../errors/errors.ts';
import { matchesPattern } from '../wildcards/wildcard.ts';
import { writeExactJson } from './exact-json.ts';
import { isJsonObject, setMember } from './json.ts';
import { RawJson } from './raw-json.ts';

/** Which part of a source is answered: all, none, or the paths that `includes` name without those that `excludes` name. */
export interface SourceFilter {
  readonly enabled: boolean;
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
}

/** Every one is tried on every field of every document. */
const maxPatterns = 1000;

/** The source as it was stored. */
export const wholeSource: SourceFilter = { enabled: true, includes: [], excludes: [] };
/** No source at all. */
export const noSource: SourceFilter = { enabled: false, includes: [], excludes: [] };

/** Applies the filter to stored bytes; undefined when the source is not wanted. Without paths the bytes are not parsed. */
export function filterSource(bytes: Uint8Array, filter: SourceFilter): RawJson | undefined {
  if (!filter.enabled) return undefined;
  if (filter.includes.length === 0 && filter.excludes.length === 0) return new RawJson(bytes);
  const filtered = compileSourceFilter(filter)(new RawJson(bytes).parse());
  return new RawJson(writeExactJson(filtered));
}

/**
 * The filter as a function on parsed sources. A pattern covers its field and all below it; `*` also crosses dots. An
 * array keeps those of its objects of which something remains.
 */
export function compileSourceFilter(filter: SourceFilter): (source: unknown) => unknown {
  const { includes, excludes } = filter;
  const patterns = includes.length + excludes.length;
  if (patterns > maxPatterns) {
    throw illegalArgument(`[_source] has [${patterns}] patterns, at most [${maxPatterns}] are allowed`);
  }
  const isIncluded = anyPattern(includes);
  const isExcluded = anyPattern(excludes);
  const visit = (value: unknown, path: string, inside: boolean): unknown => {
    if (Array.isArray(value)) {
      const kept = value.map((element) => visit(element, path, inside)).filter((element) => element !== undefined);
      return kept.length === 0 && (value.length > 0 || !inside) ? undefined : kept;
    }
    if (!isJsonObject(value)) return inside ? value : undefined;
    const result: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(value)) {
      const memberPath = path === '' ? name : `${path}.${name}`;
      if (isExcluded(memberPath)) continue;
      const memberInside = inside || isIncluded(memberPath);
      if (!memberInside && !includes.some((pattern) => reaches(pattern, memberPath))) continue;
      const kept = visit(member, memberPath, memberInside);
      if (kept !== undefined) setMember(result, name, kept);
    }
    return Object.keys(result).length === 0 && !inside && path !== '' ? undefined : result;
  };
  return (source) => visit(source, '', includes.length === 0) ?? {};
}

/** The test whether one of the patterns covers a path; most are whole paths, which are looked up. */
function anyPattern(patterns: readonly string[]): (path: string) => boolean {
  const paths = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const wildcards = patterns.filter((pattern) => pattern.includes('*'));
  return (path) => paths.has(path) || wildcards.some((pattern) => matchesPattern(pattern, path));
}

/** Whether something below the path may match the pattern. */
function reaches(pattern: string, path: string): boolean {
  const star = pattern.indexOf('*');
  const literal = star < 0 ? pattern : pattern.slice(0, star);
  return literal.startsWith(`${path}.`) || (star >= 0 && `${path}.`.startsWith(literal));
}
