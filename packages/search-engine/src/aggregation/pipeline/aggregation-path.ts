import { aggregationError } from '../aggregation-error.ts';

/** One step of a path: an aggregation's name, and a bucket's key or a metric's own name behind it. */
export interface PathElement {
  readonly name: string;
  readonly key?: string;
}

/**
 * The steps of `histogram>terms['key']>stats.avg`. compat: only the last step may end in `.name`, cut at its last dot, so that `load[99.9]` names a
 * percentile and `load.99.9` does not. Throws `invalid-argument`.
 */
export function parseAggregationPath(path: string): readonly PathElement[] {
  const tokens = path.split('>');
  return tokens.map((token, at) => {
    const isLast = at === tokens.length - 1;
    const bracket = token.lastIndexOf('[');
    if (bracket >= 0) {
      if (bracket === 0 || bracket > token.length - 3 || !token.endsWith(']')) throw invalidElement(token, path);
      return { name: token.slice(0, bracket), key: token.slice(bracket + 1, -1) };
    }
    const dot = isLast ? token.lastIndexOf('.') : -1;
    if (dot < 0) return { name: token };
    if (dot === 0 || dot > token.length - 2) throw invalidElement(token, path);
    return { name: token.slice(0, dot), key: token.slice(dot + 1) };
  });
}

/** The names and keys of a path, one after the other. */
export function stepsOfPath(path: string): readonly string[] {
  return parseAggregationPath(path).flatMap(({ name, key }) => (key === undefined ? [name] : [name, key]));
}

function invalidElement(token: string, path: string): Error {
  return aggregationError(`Invalid path element [${token}] in path [${path}]`, 'aggregation_execution_exception');
}
