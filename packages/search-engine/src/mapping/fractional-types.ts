/** The types whose numbers may have fractions. */
export const FRACTIONAL_TYPES: ReadonlySet<string> = new Set(['double', 'float', 'half_float', 'scaled_float']);
