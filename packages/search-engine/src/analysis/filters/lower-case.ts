/** Lower case letter by letter, as Lucene does it: a sigma at the end of a word stays a plain one. */
export function toLowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (!/[\u03a3\u0130]/.test(text)) return lower;
  return Array.from(text, (letter) => (letter === '\u0130' ? 'i' : letter.toLowerCase())).join('');
}
