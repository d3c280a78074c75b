import { type Stash, unstash } from './stash.ts';

const ANY_KEY = '_arbitrary_key_';

/**
 * The value at a path such as `hits.hits.0._source.a\.b`; undefined where there is none. The empty path and `$body` are the
 * whole answer; `_arbitrary_key_` is the name of a member of an object.
 */
export function valueAt(answer: unknown, path: string, stash: Stash): unknown {
  const segments = path
    .split(/(?<!\\)\./)
    .filter((segment) => segment !== '')
    .map((segment) => segment.replaceAll('\\.', '.'));
  if (segments[0] === '$body') segments.shift();
  let value = answer;
  for (const [index, segment] of segments.entries()) {
    if (value === null || typeof value !== 'object') return undefined;
    const name = String(unstash(segment, stash));
    if (name === ANY_KEY && !Array.isArray(value)) {
      const key = Object.keys(value)[0];
      if (index === segments.length - 1) return key;
      value = (value as Record<string, unknown>)[key ?? ''];
    } else {
      value = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    }
  }
  return value;
}
