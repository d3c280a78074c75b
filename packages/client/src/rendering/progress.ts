/** Tells how far something is, on standard error. */
export interface Progress {
  /** `done` of the total; `note` says more, such as how many failed. */
  update(done: number, note?: string): void;
  /** Takes the bar away. */
  end(): void;
}

/** What a progress is about. */
export interface ProgressOptions {
  readonly what: string;
  /** Undefined as long as nobody knows. */
  readonly total: number | undefined;
  readonly format?: (amount: number) => string;
}

const BAR_CHARS = 24;
const REDRAW_MS = 100;
const LINE_MS = 10_000;
const ERASE_LINE = '\r\u001b[K';

/** A bar that is drawn over itself where a person watches; else a line every ten seconds. */
export function startProgress(options: ProgressOptions, stream: NodeJS.WriteStream = process.stderr): Progress {
  const isWatched = stream.isTTY === true;
  const everyMs = isWatched ? REDRAW_MS : LINE_MS;
  let shownAt = isWatched ? 0 : Date.now();
  return {
    update(done, note) {
      const now = Date.now();
      if (now - shownAt < everyMs && !(isWatched && done === options.total)) return;
      shownAt = now;
      const line = progressLine(options, done, note);
      stream.write(isWatched ? `${ERASE_LINE}${line.slice(0, (stream.columns || 80) - 1)}` : `${line}\n`);
    },
    end() {
      if (isWatched) stream.write(ERASE_LINE);
    },
  };
}

/** One line: what, a bar, how much of what total, the note. */
export function progressLine(
  { what, total, format = withSeparators }: ProgressOptions,
  done: number,
  note = '',
): string {
  const end = note === '' ? '' : `  ${note}`;
  if (total === undefined) return `${what}  ${format(done)}${end}`;
  const part = total === 0 ? 1 : Math.min(1, done / total);
  const bar = '█'.repeat(Math.floor(part * BAR_CHARS)).padEnd(BAR_CHARS, '░');
  return `${what}  ${bar} ${String(Math.floor(part * 100)).padStart(3)} %  ${format(done)} of ${format(total)}${end}`;
}

/** `12,345` */
export function withSeparators(amount: number): string {
  return amount.toLocaleString('en-US');
}
