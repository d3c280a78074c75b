import type { NumericColumn } from '../../columns/numeric-column.ts';
import { explained } from '../../explain/explanation.ts';
import { javaDouble } from '../../numbers/java-double.ts';
import type { DocFunction } from './doc-function.ts';
import type { ScoreFunctionKind } from './score-function.ts';

type Decay = ScoreFunctionKind & { kind: 'decay' };

/** 1 within `offset` of the origin, and less the farther a value is. Documents without a value are given 1. */
export function decayFunction(column: NumericColumn | undefined, decay: Decay, origin: number): DocFunction {
  const curve = curveOf(decay);
  const score = (doc: number): number => curve.at(distanceOf(column, doc, decay, origin));
  return {
    score,
    explain(doc) {
      const value = score(doc);
      const formula = curve.formula(describeDistance(column, doc, decay, origin));
      return explained(value, `Function for field ${decay.field}:`, [explained(value, formula)]);
    },
  };
}

interface Curve {
  readonly at: (distance: number) => number;
  /** As the real product writes it, of a distance that is written as `distance`. */
  readonly formula: (distance: string) => string;
}

function curveOf({ shape, scale, decay }: Decay): Curve {
  if (shape === 'gauss') {
    const width = (0.5 * scale ** 2) / Math.log(decay);
    return {
      at: (distance) => Math.exp((0.5 * distance ** 2) / width),
      formula: (distance) => `exp(-0.5*pow(${distance},2.0)/${javaDouble(-width)})`,
    };
  }
  if (shape === 'exp') {
    const rate = Math.log(decay) / scale;
    return {
      at: (distance) => Math.exp(rate * distance),
      formula: (distance) => `exp(- ${distance} * ${javaDouble(-rate)})`,
    };
  }
  const end = scale / (1 - decay);
  return {
    at: (distance) => Math.max(0, (end - distance) / end),
    formula: (distance) => `max(0.0, ((${javaDouble(end)} - ${distance})/${javaDouble(end)})`,
  };
}

function distanceOf(
  column: NumericColumn | undefined,
  doc: number,
  { offset, multiValueMode }: Decay,
  origin: number,
): number {
  const count = column?.count(doc) ?? 0;
  if (column === undefined || count === 0) return 0;
  const distances = Array.from({ length: count }, (_, at) =>
    Math.max(0, Math.abs(column.value(doc, at) - origin) - offset),
  );
  const sum = distances.reduce((total, distance) => total + distance, 0);
  switch (multiValueMode) {
    case 'min':
      return Math.min(...distances);
    case 'max':
      return Math.max(...distances);
    case 'avg':
      return sum / count;
    case 'sum':
      return sum;
  }
}

function describeDistance(
  column: NumericColumn | undefined,
  doc: number,
  { offset, multiValueMode }: Decay,
  origin: number,
): string {
  const count = column?.count(doc) ?? 0;
  const each = Array.from(
    { length: count },
    (_, at) =>
      `Math.max(Math.abs(${javaDouble(column!.value(doc, at))}(=doc value) - ${javaDouble(origin)}(=origin))) - ` +
      `${javaDouble(offset)}(=offset), 0)`,
  );
  return `${multiValueMode.toUpperCase()}[${count === 0 ? '0.0' : each.join(', ')}]`;
}
