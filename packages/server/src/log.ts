import { destination, type Logger, pino } from 'pino';

export type { Logger };

/** The log: one JSON line an event, on stderr, so that stdout stays for people. */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination(2),
  );
}
