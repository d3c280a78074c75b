/** How a number came about: its parts are explained in turn. */
export interface Explanation {
  readonly value: number;
  /** Whether the value counts something; else it is a float. */
  readonly isCount?: boolean;
  readonly description: string;
  readonly details: readonly Explanation[];
}

/** One node of an explanation. */
export function explained(value: number, description: string, details: readonly Explanation[] = []): Explanation {
  return { value, description, details };
}

/** The same of a number of documents. */
export function explainedCount(value: number, description: string): Explanation {
  return { value, isCount: true, description, details: [] };
}
