import { canonicalJson, type Json } from './json.ts';
import type { Register, Verdict } from './merge-state.ts';

/** A total order: negative when `a` is the smaller, 0 when they are the same. Text compares by UTF-16 code unit. */
export type Order<T> = (a: T, b: T) => number;

/** Rank, time, attempt, event id, canonical value. */
export function compareRegisters<T extends Json>(a: Register<T>, b: Register<T>): number {
  return (
    a.rank - b.rank ||
    compareText(a.time, b.time) ||
    a.attempt - b.attempt ||
    compareText(a.id, b.id) ||
    compareText(canonicalJson(a.value), canonicalJson(b.value))
  );
}

/** A dismissal, else the lowest attempt, else the earliest is the greatest. */
export function compareVerdicts(a: Verdict, b: Verdict): number {
  return (
    a.class - b.class ||
    b.attempt - a.attempt ||
    compareText(b.time, a.time) ||
    compareText(a.id, b.id) ||
    compareText(canonicalJson(a), canonicalJson(b))
  );
}

/** The greater by `order`; where only one is there, that one. */
export function greater<T>(order: Order<T>, a: T | undefined, b: T | undefined): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return order(a, b) >= 0 ? a : b;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
