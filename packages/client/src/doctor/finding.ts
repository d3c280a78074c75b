/** One thing that was looked at. */
export interface Finding {
  readonly level: 'ok' | 'warn' | 'fail';
  /** What was looked at. */
  readonly subject: string;
  /** What was found and, unless it is well, what to do. */
  readonly text: string;
}
