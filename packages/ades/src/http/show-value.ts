const MAX_LENGTH = 120;

/** A JSON value as it may stand in an error message: whole where it is short, else its beginning. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
}
