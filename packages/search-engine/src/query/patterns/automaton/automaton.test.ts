import fc from 'fast-check';
import { expect, test } from 'vitest';
import { finish, type Steps } from '../../../steps/steps.ts';
import { compileRegexp } from '../regexp.ts';
import { type Automaton, isDeterministic, ofRange } from './automaton.ts';
import { determinize } from './determinize.ts';
import { IntList } from './int-list.ts';
import { intersection } from './intersection.ts';
import { minimize } from './minimize.ts';
import { complement, concatenation, optional, repeatedBetween, repetition, reverse, union } from './operations.ts';
import { toUtf8 } from './utf8.ts';

const MAX_STATES = 10_000;

/** A regular expression, and an automaton made as it says. */
interface Sample {
  readonly pattern: string;
  readonly automaton: Automaton;
}

const characters = fc.constantFrom('a', 'b', 'é', '😀');

const { sample } = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(characters, characters).map(rangeOf),
    fc.tuple(tie('sample'), tie('sample')).map((of) => made(of, ([a, b]) => `(${a}|${b})`, union)),
    fc.tuple(tie('sample'), tie('sample')).map((of) => made(of, ([a, b]) => `${a}${b}`, concatenation)),
    fc.tuple(tie('sample'), tie('sample')).map((of) =>
      made(
        of,
        ([a, b]) => `(${a}&${b})`,
        ([a, b]) => intersection(a!, b!),
      ),
    ),
    fc.tuple(tie('sample')).map((of) =>
      made(
        of,
        ([a]) => `(${a})*`,
        ([a]) => repeated(a!),
      ),
    ),
    fc.tuple(tie('sample')).map((of) =>
      made(
        of,
        ([a]) => `(${a})?`,
        ([a]) => optional(a!),
      ),
    ),
    fc.tuple(tie('sample')).map((of) =>
      made(
        of,
        ([a]) => `(${a}){1,3}`,
        ([a]) => repeatedBetween(a!, 1, 3),
      ),
    ),
    fc.tuple(tie('sample')).map((of) =>
      made(
        of,
        ([a]) => `~(${a})`,
        ([a]) => complementOf(a!),
      ),
    ),
  ),
}));

function rangeOf([one, other]: readonly [string, string]): Sample {
  const [first, last] = one < other ? [one, other] : [other, one];
  return { pattern: `[${first}-${last}]`, automaton: ofRange(first.codePointAt(0)!, last.codePointAt(0)!) };
}

function made(
  of: readonly Sample[],
  patternOf: (patterns: readonly string[]) => string,
  stepsOf: (automata: readonly Automaton[]) => Steps<Automaton>,
): Sample {
  return {
    pattern: patternOf(of.map(({ pattern }) => pattern)),
    automaton: finish(stepsOf(of.map(({ automaton }) => automaton))),
  };
}

/** Lucene takes nothing, any number of times, for nothing. */
function repeated(automaton: Automaton): Steps<Automaton> {
  return automaton.stateCount === 0 ? optional(automaton) : repetition(automaton);
}

function* complementOf(automaton: Automaton): Steps<Automaton> {
  return yield* complement(yield* determinize(automaton, MAX_STATES));
}

/** Whether an automaton accepts labels, by all the states it may be in. */
function accepts(automaton: Automaton, labels: readonly number[]): boolean {
  let states = new Set(automaton.stateCount === 0 ? [] : [0]);
  for (const label of labels) states = new Set([...states].flatMap((state) => targets(automaton, state, label)));
  return [...states].some((state) => automaton.isAccept(state));
}

function targets(automaton: Automaton, state: number, label: number): number[] {
  const found: number[] = [];
  for (let each = automaton.start(state); each < automaton.end(state); each++) {
    if (automaton.min(each) <= label && label <= automaton.max(each)) found.push(automaton.to(each));
  }
  return found;
}

const texts = fc.array(fc.array(characters, { maxLength: 6 }), { minLength: 10, maxLength: 20 });

test('an automaton accepts what its regular expression matches: as it is, minimized, in bytes, and in bytes from the end', () => {
  fc.assert(
    fc.property(sample, texts, ({ pattern, automaton }, words) => {
      const minimal = finish(minimize(automaton, MAX_STATES));
      const bytes = finish(toUtf8(automaton));
      const backwards = finish(determinize(finish(reverse(bytes)), MAX_STATES));
      expect([minimal, backwards].map((each) => finish(isDeterministic(each)))).toEqual([true, true]);
      const matches = compileRegexp(pattern, false);
      for (const word of words) {
        const text = word.join('');
        const expected = matches(text);
        const codes = word.map((character) => character.codePointAt(0)!);
        expect(accepts(automaton, codes)).toBe(expected);
        expect(accepts(minimal, codes)).toBe(expected);
        expect(accepts(bytes, [...Buffer.from(text)])).toBe(expected);
        expect(accepts(backwards, [...Buffer.from(text)].reverse())).toBe(expected);
      }
    }),
  );
});

/** How many classes its states have by what they lead to (Moore 1956), by labels at which a transition begins or has ended. */
function classCount(automaton: Automaton): number {
  const labels = new Set<number>();
  for (let each = 0; each < automaton.transitionCount; each++) {
    labels.add(automaton.min(each)).add(automaton.max(each) + 1);
  }
  const states = Array.from({ length: automaton.stateCount }, (_, state) => state);
  let classes = states.map((state) => `${automaton.isAccept(state)}`);
  for (let count = 0; count < new Set(classes).size; ) {
    count = new Set(classes).size;
    const names = new Map([...new Set(classes)].map((each, name) => [each, name]));
    const last = classes;
    classes = states.map((state) => {
      const next = [...labels].map((label) => targets(automaton, state, label).map((to) => names.get(last[to]!)));
      return `${names.get(last[state]!)}:${next.join()}`;
    });
  }
  return new Set(classes).size;
}

test('no two states of a minimized automaton are equivalent', () => {
  fc.assert(
    fc.property(sample, ({ automaton }) => {
      const minimal = finish(minimize(automaton, MAX_STATES));
      expect(classCount(minimal)).toBe(minimal.stateCount);
    }),
  );
});

test('a list of integers has pages for as many as are pushed', () => {
  const list = new IntList();
  for (let value = 0; value < 40_000; value++) list.push(value - 20_000);
  list.set(39_999, 7);
  expect([list.length, list.at(0), list.at(16_383), list.at(16_384), list.at(39_999)]).toEqual([
    40_000, -20_000, -3617, -3616, 7,
  ]);
});
