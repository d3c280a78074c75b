/** How Lucene writes terms that stand for each other. */
export function synonymLabel(field: string, terms: readonly string[]): string {
  return `Synonym(${terms
    .toSorted()
    .map((term) => `${field}:${term}`)
    .join(' ')})`;
}

/** How Lucene writes a phrase: a place has one term or several, a position without a place is a question mark. */
export function phraseLabel(
  field: string,
  places: readonly { readonly terms: readonly string[]; readonly position: number }[],
  slop: number,
): string {
  const words: string[] = [];
  for (const { terms, position } of places) {
    while (words.length < position) words.push('?');
    words.push(terms.length === 1 ? terms[0]! : `(${terms.join(' ')})`);
  }
  return `${field}:"${words.join(' ')}"${slop === 0 ? '' : `~${slop}`}`;
}
