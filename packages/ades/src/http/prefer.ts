/** What a `Prefer` header asks of an execution (RFC 7240, sections 4.1 and 4.3). */
export interface Preferences {
  readonly respondAsync: boolean;
  readonly waitSeconds?: number;
}

/** Reads a `Prefer` header; preferences that are unknown or malformed are ignored, as the RFC demands. */
export function parsePrefer(header: string | readonly string[] | undefined): Preferences {
  const preferences = String(header ?? '')
    .split(',')
    .map((preference) => preference.replace(/;.*$/s, '').trim());
  const wait = preferences.map((preference) => /^wait\s*=\s*"?(\d{1,9})"?$/i.exec(preference)?.[1]).find(Boolean);
  return {
    respondAsync: preferences.some((preference) => preference.toLowerCase() === 'respond-async'),
    ...(wait !== undefined && { waitSeconds: Number(wait) }),
  };
}

/** The header `Preference-Applied` of an answer that waited for `waitedMs` at most; undefined where no preference was followed. */
export function preferenceApplied(
  { respondAsync, waitSeconds }: Preferences,
  answer: { readonly isAsync: boolean; readonly waitedMs: number },
): string | undefined {
  const applied = [
    ...(respondAsync && answer.isAsync ? ['respond-async'] : []),
    ...(waitSeconds !== undefined && answer.waitedMs === waitSeconds * 1_000 && waitSeconds > 0
      ? [`wait=${waitSeconds}`]
      : []),
  ];
  return applied.length === 0 ? undefined : applied.join(', ');
}
