import { DaybookError } from '@daybook/errors';
import type { NumericColumn } from '../../columns/numeric-column.ts';
import { explained } from '../../explain/explanation.ts';
import { javaDouble } from '../../numbers/java-double.ts';
import { javaFloat } from '../../numbers/java-float.ts';
import type { DocFunction } from './doc-function.ts';
import type { ScoreFunctionKind, ValueModifier } from './score-function.ts';

const MODIFIERS: Readonly<Record<ValueModifier, (value: number) => number>> = {
  none: (value) => value,
  log: Math.log10,
  log1p: (value) => Math.log10(value + 1),
  log2p: (value) => Math.log10(value + 2),
  ln: Math.log,
  ln1p: Math.log1p,
  ln2p: (value) => Math.log1p(value + 1),
  square: (value) => value * value,
  sqrt: Math.sqrt,
  reciprocal: (value) => 1 / value,
};

/** A field's least value, times a factor and changed by a modifier. */
export function fieldValueFactor(
  column: NumericColumn | undefined,
  { field, factor, modifier, missing }: ScoreFunctionKind & { kind: 'fieldValueFactor' },
): DocFunction {
  const modify = MODIFIERS[modifier];
  const score = (doc: number): number => {
    const value = column === undefined || column.count(doc) === 0 ? missing : column.value(doc, 0);
    if (value === undefined) throw refused(`Missing value for field [${field}]`, 'exception', 500);
    const result = modify(value * Math.fround(factor));
    // compat: what is no number is refused where it has become a score.
    if (!(result < 0)) return result;
    const advice =
      modifier === 'log' || modifier === 'ln'
        ? `; consider using ${modifier}1p or ${modifier}2p instead of ${modifier} to avoid negative scores`
        : '';
    throw refused(
      `field value function must not produce negative scores, but got: [${javaDouble(result)}] for field value: ` +
        `[${javaDouble(value)}]${advice}`,
      'illegal_argument_exception',
    );
  };
  const otherwise = missing === undefined ? '' : `?:${javaDouble(missing)}`;
  const formula = `${modifier}(doc['${field}'].value${otherwise} * factor=${javaFloat(factor)})`;
  return { score, explain: (doc) => explained(score(doc), `field value function: ${formula}`) };
}

function refused(message: string, reason: string, status = 400): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { reason, status } });
}
