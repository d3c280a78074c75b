/** How `field_value_factor` changes a value, in the wire's spelling. */
export type ValueModifier =
  | 'none'
  | 'log'
  | 'log1p'
  | 'log2p'
  | 'ln'
  | 'ln1p'
  | 'ln2p'
  | 'square'
  | 'sqrt'
  | 'reciprocal';

/** What a function gives a document. */
export type ScoreFunctionKind =
  | { readonly kind: 'constant' }
  | {
      readonly kind: 'fieldValueFactor';
      readonly field: string;
      readonly factor: number;
      readonly modifier: ValueModifier;
      /** For documents without a value; without it they are an error. */
      readonly missing?: number;
    }
  | {
      readonly kind: 'random';
      /** The same seed gives the same document the same number; without one it differs from search to search. */
      readonly seed?: number | string;
      readonly field?: string;
    }
  | {
      readonly kind: 'decay';
      readonly shape: 'gauss' | 'exp' | 'linear';
      readonly field: string;
      /** Of a date: date math; default now. */
      readonly origin?: string | number;
      /** The distance at which the function gives `decay`; of dates in milliseconds, like `offset`. */
      readonly scale: number;
      readonly offset: number;
      readonly decay: number;
      /** Which of several values counts, by their distances. */
      readonly multiValueMode: 'min' | 'max' | 'avg' | 'sum';
    };

/** How what several functions give a document becomes one number. */
export type ScoreMode = 'multiply' | 'sum' | 'avg' | 'first' | 'max' | 'min';

/** How that number and the query's score become one. */
export type BoostMode = 'multiply' | 'replace' | 'sum' | 'avg' | 'max' | 'min';
