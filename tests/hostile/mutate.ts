import type { Json } from '../support/wps-t.ts';

/** Values that stand where others are expected. */
const oddValues: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  '',
  ' ',
  '*',
  '-*',
  'now-1d/d',
  '\u0000',
  '\ud800',
  '\u{1f680}',
  '__proto__',
  'constructor',
  '/(a|b)*/',
  '((((',
  'a:[1 TO',
  'x'.repeat(5000),
  [],
  [[]],
  {},
  [null],
  { a: {} },
  [1, 'a', {}],
];

export type Random = () => number;

/** One of the list. */
export function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** A copy of a JSON value with one thing changed: a value, a name, a member more, less, deeper or twice. */
export function mutateJson(value: Json, random: Random): Json {
  if (Array.isArray(value) && value.length > 0 && random() < 0.8) {
    const at = Math.floor(random() * value.length);
    return value.map((element, position) => (position === at ? mutateJson(element, random) : element));
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0 && random() < 0.85) {
    const name = pick(Object.keys(value), random);
    const { [name]: member, ...rest } = value;
    const how = random();
    if (how < 0.6) return { ...value, [name]: mutateJson(member, random) };
    if (how < 0.75) return rest;
    if (how < 0.9) return { ...rest, [pick(['', 'x', '__proto__', `${name}s`, name.toUpperCase()], random)]: member };
    return { ...value, [`${name}2`]: member };
  }
  const how = random();
  if (how < 0.7) return pick(oddValues, random);
  if (how < 0.8) return [value, value];
  if (how < 0.9) return { value };
  let deep = value;
  for (let depth = 0; depth < random() * 400; depth += 1) deep = random() < 0.5 ? [deep] : { bool: deep };
  return deep;
}

/** The text with some of it lost, repeated or replaced. */
export function mutateText(text: string, random: Random): string {
  const from = Math.floor(random() * text.length);
  const to = Math.min(text.length, from + Math.ceil(random() * 8));
  const how = random();
  if (how < 0.3) return text.slice(0, from);
  if (how < 0.5) return text.slice(0, from) + text.slice(to);
  if (how < 0.7) return text.slice(0, to) + text.slice(from, to).repeat(Math.ceil(random() * 50)) + text.slice(to);
  return (
    text.slice(0, from) +
    pick(['"', '{', ']', '\n', '\\', '\u0000', '1e999', ',', '\ufeff', 'null'], random) +
    text.slice(to)
  );
}
