/** A record of cwltool's log that only tells that all goes well. */
const NOTICE = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] INFO /;

/**
 * The log of a run without cwltool's notices, so that warnings, errors and what the tools themselves have said are left. A notice that shows a
 * command goes on over lines that end with a backslash.
 */
export function withoutNotices(log: string): string {
  let inNotice = false;
  const kept = log.split('\n').filter((line) => {
    const isNotice = inNotice || NOTICE.test(line);
    inNotice = isNotice && line.endsWith('\\');
    return !isNotice;
  });
  return kept.join('\n');
}
