import type { Analyzer, Normalizer } from './analyzer.ts';

/** The analyzers and normalizers of one index: those that every index has, and those of its settings. */
export interface Analysis {
  /** Undefined when there is none of that name. */
  analyzer(name: string): Analyzer | undefined;
  normalizer(name: string): Normalizer | undefined;
}
