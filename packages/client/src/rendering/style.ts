/** Parameters of Select Graphic Rendition (ECMA-48, 8.3.117) that begin and end each tint. */
const TINTS = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

export type Tint = keyof typeof TINTS;

/** Tints a text, or leaves it as it is. */
export type Style = (tint: Tint, text: string) => string;

/** Tints where a person reads `stream`, and has not set NO_COLOR (no-color.org). */
export function styleOf(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Style {
  const isPlain = stream.isTTY !== true || (environment.NO_COLOR ?? '') !== '' || environment.TERM === 'dumb';
  return isPlain ? plain : tinted;
}

/** No tints. */
export const plain: Style = (_tint, text) => text;

function tinted(tint: Tint, text: string): string {
  const [begin, end] = TINTS[tint];
  return `\u001b[${begin}m${text}\u001b[${end}m`;
}
