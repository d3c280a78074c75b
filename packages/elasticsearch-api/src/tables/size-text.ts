/** Units of 1,024 each. */
export const byteUnits: readonly string[] = ['b', 'kb', 'mb', 'gb', 'tb', 'pb'];

/** A size in the largest unit of which it has one, with at most one decimal: `28.2kb`. */
export function sizeText(bytes: number): string {
  let power = 0;
  while (bytes / 1024 ** power >= 1024 && power < byteUnits.length - 1) power += 1;
  return `${Math.floor((bytes / 1024 ** power) * 10) / 10}${byteUnits[power]}`;
}
