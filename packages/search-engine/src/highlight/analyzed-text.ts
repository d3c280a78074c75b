import type { Token } from '../analysis/analyzer.ts';
import type { FieldType } from '../mapping/field-type.ts';

type AnalyzedField = Pick<FieldType, 'analyzer' | 'normalizeTerm'>;

/** The terms of a value of the field, where they stand in it. A keyword is one term. */
export function analyzeValue(field: AnalyzedField, text: string): readonly Token[] {
  if (field.analyzer !== undefined) return field.analyzer.analyze(text);
  return [{ term: field.normalizeTerm(text), position: 0, startOffset: 0, endOffset: text.length, type: 'word' }];
}

/** The terms of several values as one text in which a separator of one character stands between values. */
export function analyzeValues(field: AnalyzedField, values: readonly string[]): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  for (const value of values) {
    const last = tokens[tokens.length - 1];
    const start = last === undefined ? 0 : last.position + 1 + (field.analyzer?.positionIncrementGap ?? 0);
    for (const token of analyzeValue(field, value)) {
      tokens.push({
        ...token,
        position: start + token.position,
        startOffset: offset + token.startOffset,
        endOffset: offset + token.endOffset,
      });
    }
    offset += value.length + 1;
  }
  return tokens;
}
