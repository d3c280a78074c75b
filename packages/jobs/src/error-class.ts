/** Longest error class, in characters. */
const MAX_LENGTH = 256;

/** What varies between failures of one cause, the most specific first. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/[a-z][a-z0-9+.-]*:\/\/[^\s'")\]]+/gi, '<url>'],
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '<id>'],
  [/(?<![\w<])(?:~|\.{0,2})\/[^\s'":,;)\]]+/g, '<path>'],
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b/gi, '<id>'],
  [/\d+(?:\.\d+)?/g, '<n>'],
];

/**
 * A keyword that failures of one kind share: failed step, exit code, and the first line of the error in which URLs, paths,
 * ids and digits are masked. Undefined when nothing at all is known of the failure.
 */
export function errorClass(failure: {
  readonly error?: string | undefined;
  readonly failedStep?: string | undefined;
  readonly exitCode?: number | undefined;
}): string | undefined {
  const firstLine = failure.error?.split('\n').find((line) => line.trim() !== '');
  const parts = [
    failure.failedStep,
    failure.exitCode === undefined ? undefined : `exit ${failure.exitCode}`,
    firstLine === undefined ? undefined : mask(firstLine.trim().slice(0, 4 * MAX_LENGTH)),
  ].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? undefined : parts.join(': ').slice(0, MAX_LENGTH);
}

function mask(line: string): string {
  return MASKS.reduce((masked, [pattern, name]) => masked.replace(pattern, name), line);
}
