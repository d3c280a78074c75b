/**
 * The closing parenthesis of each opening one that has one, by their places. In time that grows with the query, however its parentheses stand.
 * compat: quotes protect nothing. An opening one behind a backslash is paired too, since it is an operator where it ends the number of a `~`.
 */
export function pairParentheses(query: string, escapes: boolean): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const closing: number[] = [];
  for (let at = query.length - 1; at >= 0; at--) {
    const letter = query[at];
    if (letter === ')') {
      if (!escapes || !isEscaped(query, at)) closing.push(at);
    } else if (letter === '(') {
      const match = escapes && isEscaped(query, at) ? closing.at(-1) : closing.pop();
      if (match !== undefined) pairs.set(at, match);
    }
  }
  return pairs;
}

/** Finds the first quote from a place on that no backslash protects, or the query's length; to be asked with growing places. */
export function nextUnescapedQuotes(query: string, escapes: boolean): (from: number) => number {
  let found = -1;
  return (from) => {
    while (found < from) {
      const next = query.indexOf('"', Math.max(from, found + 1));
      if (next < 0) found = query.length;
      else if (!escapes || !isEscaped(query, next)) found = next;
      else from = next + 1;
    }
    return found;
  };
}

function isEscaped(query: string, at: number): boolean {
  let backslashes = 0;
  while (query[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}
