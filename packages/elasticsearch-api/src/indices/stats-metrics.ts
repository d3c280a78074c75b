import { didYouMean } from '../errors/did-you-mean.ts';
import { illegalArgument } from '../errors/errors.ts';
import type { JsonTree } from '../json/json.ts';

/** The metrics of the statistics of indices, by the names that a path gives them. */
const memberByMetric: ReadonlyMap<string, string> = new Map([
  ...['docs', 'store', 'indexing', 'get', 'search', 'refresh', 'flush', 'warmer', 'query_cache', 'fielddata'].map(
    (name): [string, string] => [name, name],
  ),
  ...['completion', 'segments', 'translog', 'recovery', 'request_cache'].map((name): [string, string] => [name, name]),
  ['merge', 'merges'],
  ['bulk', 'bulk'],
]);

/**
 * What chooses the metrics that a path asks for, separated by commas; all of them when it asks for none or for `_all`.
 * @param path the request's, for the message about a metric that there is not
 */
export function metricFilter(
  metrics: string | undefined,
  path: string,
): (stats: { readonly [metric: string]: JsonTree }) => { readonly [metric: string]: JsonTree } {
  const names = metrics === undefined ? [] : metrics.split(',');
  const unknown = names.filter((name) => name !== '_all' && !memberByMetric.has(name)).sort();
  if (unknown.length > 0) throw unrecognizedMetrics(unknown, path);
  if (names.length === 0 || names.includes('_all')) return (stats) => stats;
  const wanted = new Set(names.map((name) => memberByMetric.get(name)));
  return (stats) => Object.fromEntries(Object.entries(stats).filter(([member]) => wanted.has(member)));
}

function unrecognizedMetrics(unknown: readonly string[], path: string): Error {
  const list = unknown.map((name) => {
    const hint = didYouMean(name, memberByMetric.keys());
    return `[${name}]${hint === '' ? '' : ` ->${hint}`}`;
  });
  return illegalArgument(
    `request [${path}] contains unrecognized metric${unknown.length > 1 ? 's' : ''}: ${list.join(', ')}`,
  );
}
