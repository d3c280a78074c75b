/** How a histogram cuts the numbers, and which of them it shows. */
export interface Intervals {
  /** Where the interval of the value begins: its key. */
  start(value: number): number;
  /** Where the next interval begins. */
  next(start: number): number;
  /** Values outside are left out. */
  readonly low: number;
  readonly high: number;
  /** What ranges are cut to; undefined where they are not. */
  readonly cutFrom: number | undefined;
  readonly cutTo: number | undefined;
  /** Keys that are shown though no document is there; undefined where the documents decide. */
  readonly shownFrom: number | undefined;
  readonly shownTo: number | undefined;
}
