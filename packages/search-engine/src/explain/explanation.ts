/** How a number came about: its parts are explained in turn. */
export interface Explanation {
  readonly value: number;
  readonly description: string;
  readonly details: readonly Explanation[];
}

/** One node of an explanation. */
export function explained(value: number, description: string, details: readonly Explanation[] = []): Explanation {
  return { value, description, details };
}
