import { DaybookError } from '@daybook/errors';

const REASON = 'too_complex_to_determinize_exception';

/** What a pattern needs more states for than it may have; `states` is that number. */
export class TooManyStates extends DaybookError {
  readonly states: number;

  constructor(what: string, states: number) {
    super('invalid-argument', `Determinizing ${what} would result in more than ${states} states.`, {
      detail: { reason: REASON },
    });
    this.states = states;
  }
}

/** What is said of an automaton that would take too much memory, however many states it may have. */
export function tooManyTransitions(count: number): DaybookError {
  return new DaybookError('invalid-argument', `the regular expression needs more than ${count} transitions`, {
    detail: { reason: REASON },
  });
}

/** What is said where Lucene would call itself too deeply. */
export function tooDeep(depth: number): DaybookError {
  return new DaybookError('invalid-argument', `input automaton is too large: ${depth}`, {
    detail: { reason: 'illegal_argument_exception' },
  });
}
