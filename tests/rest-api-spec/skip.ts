import type { Step } from './suite.ts';

/** What the runner can do, of what a file may ask for. */
const features = new Set([
  'allowed_warnings',
  'arbitrary_key',
  'contains',
  'default_shards',
  'embedded_stash_key',
  'headers',
  'no_xpack',
  'stash_in_key',
  'stash_in_path',
  'stash_in_value',
  'warnings',
  'yaml',
]);

interface Skip {
  readonly version?: string;
  readonly reason?: string;
  readonly features?: string | readonly string[];
}

/** Why steps are not for a server of this version or not for this runner; undefined when they are. */
export function skipReason(steps: readonly Step[], version: string): string | undefined {
  for (const step of steps.filter(({ kind }) => kind === 'skip')) {
    const skip = step.argument as Skip;
    if (skip.version !== undefined && isWithin(version, skip.version)) {
      return skip.reason ?? `not for version ${version}`;
    }
    const missing = [skip.features ?? []].flat().find((feature) => !features.has(feature));
    if (missing !== undefined) return `the runner has no feature [${missing}]`;
  }
  return undefined;
}

/** Whether a version lies in one of the ranges `from - to`, whose ends are inclusive and may be left out, or `all`. */
function isWithin(version: string, ranges: string): boolean {
  if (ranges.trim() === 'all') return true;
  return ranges.split(',').some((range) => {
    const [from = '', to = ''] = range.split('-').map((end) => end.trim());
    return (from === '' || compare(from, version) <= 0) && (to === '' || compare(version, to) <= 0);
  });
}

function compare(left: string, right: string): number {
  const [one, other] = [left, right].map((version) => version.split('.').map(Number));
  for (let part = 0; part < 3; part += 1) {
    const difference = (one?.[part] ?? 0) - (other?.[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
