/** Stands for a secret. */
export const SHOWN = '***';
/** A shorter line of a long secret, such as a brace, says nothing of it. */
const SHORTEST_LINE = 4;

/**
 * Replaces `secrets` wherever they stand in a text: as they are, as JSON spells them, and each line of those that have several, because a text may begin
 * or end within one.
 */
export function maskOf(secrets: readonly string[]): (text: string) => string {
  const spellings = allSpellings(secrets);
  return (text) => spellings.reduce((masked, secret) => masked.replaceAll(secret, () => SHOWN), text);
}

/** Every text that is to be replaced. A secret that holds another comes first, so that nothing of it is left. */
export function allSpellings(secrets: readonly string[]): readonly string[] {
  const spellings = new Set(secrets.flatMap(spellingsOf));
  return [...spellings].filter((spelling) => spelling !== '').sort((a, b) => b.length - a.length);
}

function spellingsOf(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n/);
  const longLines = lines.length === 1 ? [] : lines.filter((line) => line.trim().length >= SHORTEST_LINE);
  return [secret, ...longLines, secret.trim()].flatMap((spelling) => [spelling, JSON.stringify(spelling).slice(1, -1)]);
}
