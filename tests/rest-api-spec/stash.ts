/** The values that a test has set, by name. */
export type Stash = Map<string, unknown>;

/** Puts the stash's values where a value, or a string or a name within it, says `$name` or `${name}`. */
export function unstash(value: unknown, stash: Stash): unknown {
  if (typeof value === 'string') return unstashString(value, stash);
  if (Array.isArray(value)) return value.map((item) => unstash(item, stash));
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [String(unstashString(name, stash)), unstash(member, stash)]),
    );
  }
  return value;
}

function unstashString(text: string, stash: Stash): unknown {
  const whole = /^\$(?:\{(\w+)\}|(\w+))$/.exec(text);
  const name = whole?.[1] ?? whole?.[2];
  if (name !== undefined && stash.has(name)) return stash.get(name);
  return text.replace(/\$\{(\w+)\}|\$(\w+)/g, (match, braced?: string, bare?: string) => {
    const key = braced ?? bare ?? '';
    return stash.has(key) ? String(stash.get(key)) : match;
  });
}
