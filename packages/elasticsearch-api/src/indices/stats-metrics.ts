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

/** Members of statistics, by name. */
type Stats = { readonly [member: string]: JsonTree };

/**
 * What chooses the metrics of indices that a path asks for, separated by commas; all of them when it asks for none or for `_all`.
 * @param path the request's, for the message about a metric that there is not
 */
export function metricFilter(metrics: string | undefined, path: string): (stats: Stats) => Stats {
  return memberFilter(metrics, memberByMetric, path, 'metric');
}

/** The same for the metrics of indices among those of nodes. */
export function indexMetricFilter(metrics: string | undefined, path: string): (stats: Stats) => Stats {
  return memberFilter(metrics, memberByMetric, path, 'index metric');
}

/** What chooses members by the names that `known` has for them. `kind` is what the message about an unknown one calls it. */
export function memberFilter(
  metrics: string | undefined,
  known: ReadonlyMap<string, string>,
  path: string,
  kind: string,
): (stats: Stats) => Stats {
  const names = metrics === undefined ? [] : metrics.split(',');
  const unknown = names.filter((name) => name !== '_all' && !known.has(name)).sort();
  if (unknown.length > 0) throw unrecognizedMetrics(unknown, known, path, kind);
  if (names.length === 0 || names.includes('_all')) return (stats) => stats;
  const wanted = new Set(names.map((name) => known.get(name)));
  return (stats) => Object.fromEntries(Object.entries(stats).filter(([member]) => wanted.has(member)));
}

function unrecognizedMetrics(
  unknown: readonly string[],
  known: ReadonlyMap<string, string>,
  path: string,
  kind: string,
): Error {
  const list = unknown.map((name) => {
    const hint = didYouMean(name, known.keys());
    return `[${name}]${hint === '' ? '' : ` ->${hint}`}`;
  });
  return illegalArgument(
    `request [${path}] contains unrecognized ${kind}${unknown.length > 1 ? 's' : ''}: ${list.join(', ')}`,
  );
}
