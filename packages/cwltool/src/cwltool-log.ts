/** Takes one line of the log; `detail` holds its names and values. */
export type CwltoolLog = (
  level: 'info' | 'warn' | 'error',
  message: string,
  detail?: Readonly<Record<string, unknown>>,
) => void;
