/** JSON values that lack a part of this one, or have a member in the place of what holds it; the smallest first. */
export function* smallerValues(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const element of value) yield element;
    for (const at of value.keys()) yield value.toSpliced(at, 1);
    for (const [at, element] of value.entries()) {
      for (const smaller of smallerValues(element)) yield value.with(at, smaller);
    }
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const entries = Object.entries(value);
  for (const [, member] of entries) yield* objectsIn(member);
  for (const at of entries.keys()) yield Object.fromEntries(entries.toSpliced(at, 1));
  for (const [at, [name, member]] of entries.entries()) {
    for (const smaller of smallerValues(member)) yield Object.fromEntries(entries.with(at, [name, smaller]));
  }
}

/** The value if it is an object, or the objects that it lists. */
function* objectsIn(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) for (const element of value) yield* objectsIn(element);
  else if (typeof value === 'object' && value !== null) yield value;
}
