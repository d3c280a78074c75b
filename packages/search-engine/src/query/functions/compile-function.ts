import { DaybookError } from '@daybook/errors';
import { NumericColumn } from '../../columns/numeric-column.ts';
import { explained } from '../../explain/explanation.ts';
import type { FieldType } from '../../mapping/field-type.ts';
import { unsortable } from '../../sort/unsortable.ts';
import type { QueryContext } from '../compile/query-context.ts';
import { decayFunction } from './decay-function.ts';
import type { DocFunction } from './doc-function.ts';
import { fieldValueFactor } from './field-value-factor.ts';
import { randomFunction } from './random-function.ts';
import type { ScoreFunctionKind } from './score-function.ts';

/** Resolves a function against an index. */
export function compileFunction(context: QueryContext, kind: ScoreFunctionKind): DocFunction {
  switch (kind.kind) {
    case 'constant':
      return { score: () => 1, explain: () => explained(1, 'constant score 1.0 - no function provided') };
    case 'fieldValueFactor':
      return fieldValueFactor(numericColumn(context, kind.field).column, kind);
    case 'random':
      return randomFunction(context, kind);
    case 'decay': {
      checkDecay(kind);
      const { field, column } = numericColumn(context, kind.field);
      return decayFunction(column, kind, originOf(context, kind.field, field, kind.origin));
    }
  }
}

/** The numbers of a field; none where no document has a value. */
function numericColumn(
  { index }: QueryContext,
  path: string,
): { readonly field: FieldType | undefined; readonly column: NumericColumn | undefined } {
  const field = index.mapping.field(path);
  if (field === undefined) return { field, column: undefined };
  if (field.form !== 'number') {
    throw refused(`field [${path}] is of type [${field.type}], but only numeric and date types are supported.`);
  }
  if (!field.docValues) throw unsortable(field);
  const column = index.data.column(field.column);
  return { field, column: column instanceof NumericColumn ? column : undefined };
}

function checkDecay({ scale, decay, offset }: ScoreFunctionKind & { kind: 'decay' }): void {
  const problem =
    scale <= 0
      ? 'scale must be > 0.0.'
      : decay <= 0 || decay >= 1
        ? 'decay must be in the range [0..1].'
        : offset < 0
          ? 'offset must be > 0.0'
          : undefined;
  if (problem === undefined) return;
  throw new DaybookError('invalid-argument', `function_score : ${problem}`, {
    detail: { reason: 'illegal_argument_exception' },
  });
}

function originOf(
  { nowMs }: QueryContext,
  path: string,
  field: FieldType | undefined,
  origin: string | number | undefined,
): number {
  if (field === undefined) throw refused(`unknown field [${path}]`);
  const isDate = field.type === 'date' || field.type === 'date_nanos';
  if (origin === undefined && !isDate) throw refused('both [scale] and [origin] must be set for numeric fields.');
  if (origin === undefined) return nowMs;
  const condition = field.rangeCondition({ type: 'range', field: field.path, gte: origin }, { nowMs });
  return condition.type === 'range' && condition.lower !== undefined ? Number(condition.lower) : Number(origin);
}

function refused(message: string): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { reason: 'parsing_exception' } });
}
