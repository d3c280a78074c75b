/**
 * Addresses as 32 hexadecimal digits: the form in which strings compare as addresses do. IPv4 stands as IPv6 with the prefix `::ffff:`.
 */

/** What addresses of IPv4 begin with. */
export const V4_PREFIX = '00000000000000000000ffff';

/** The order-preserving form of an address, or undefined when the text is none. */
export function parseIpAddress(text: string): string | undefined {
  if (!text.includes(':')) {
    const v4 = parseV4(text);
    return v4 === undefined ? undefined : V4_PREFIX + v4;
  }
  return parseV6(text);
}

function parseV4(text: string): string | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let hex = '';
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    hex += Number(part).toString(16).padStart(2, '0');
  }
  return hex;
}

function parseV6(text: string): string | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0]!, halves.length === 1);
  const tail = halves.length === 1 ? '' : parseGroups(halves[1]!, true);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 32 - head.length - tail.length;
  // `::` stands for one group of zeros at least.
  if (halves.length === 1 ? missing !== 0 : missing < 4) return undefined;
  return head + '0'.repeat(missing) + tail;
}

function parseGroups(text: string, mayEndInV4: boolean): string | undefined {
  if (text === '') return '';
  const groups = text.split(':');
  let hex = '';
  for (const [index, group] of groups.entries()) {
    if (mayEndInV4 && index === groups.length - 1 && group.includes('.')) {
      const v4 = parseV4(group);
      if (v4 === undefined) return undefined;
      hex += v4;
    } else if (/^[0-9a-fA-F]{1,4}$/.test(group)) hex += group.toLowerCase().padStart(4, '0');
    else return undefined;
  }
  return hex;
}

/** The usual text of an address in its order-preserving form (RFC 5952). */
export function formatIpAddress(hex: string): string {
  if (hex.startsWith(V4_PREFIX)) {
    return [24, 26, 28, 30].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, index) => Number.parseInt(hex.slice(index * 4, index * 4 + 4), 16));
  let bestStart = -1;
  let bestLength = 1;
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > bestLength) {
      bestStart = start;
      bestLength = length;
    }
  }
  const shown = groups.map((group) => group.toString(16));
  if (bestStart < 0) return shown.join(':');
  return `${shown.slice(0, bestStart).join(':')}::${shown.slice(bestStart + bestLength).join(':')}`;
}

/** First and last address of a network `address/prefix-length`; undefined when the text is none. */
export function parseNetwork(text: string): { readonly first: string; readonly last: string } | undefined {
  const slash = text.indexOf('/');
  const address = parseIpAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (address === undefined || !/^\d{1,3}$/.test(length)) return undefined;
  const isV4 = !text.includes(':');
  if (Number(length) > (isV4 ? 32 : 128)) return undefined;
  const hostBits = BigInt((isV4 ? 32 : 128) - Number(length));
  const mask = (1n << hostBits) - 1n;
  const value = BigInt(`0x${address}`);
  const hexOf = (number: bigint): string => number.toString(16).padStart(32, '0');
  return { first: hexOf(value & ~mask), last: hexOf(value | mask) };
}

/** The address behind one, both in their order-preserving form; undefined behind the last. */
export function nextIpAddress(hex: string): string | undefined {
  const next = (BigInt(`0x${hex}`) + 1n).toString(16).padStart(32, '0');
  return next.length > 32 ? undefined : next;
}
