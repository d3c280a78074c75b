import type { NumericColumn } from '../../columns/numeric-column.ts';
import type { DocFunction } from './doc-function.ts';
import type { ScoreFunctionKind } from './score-function.ts';

type Decay = ScoreFunctionKind & { kind: 'decay' };

/** 1 within `offset` of the origin, and less the farther a value is. Documents without a value are given 1. */
export function decayFunction(column: NumericColumn | undefined, decay: Decay, origin: number): DocFunction {
  const curve = curveOf(decay);
  return (doc) => curve(distanceOf(column, doc, decay, origin));
}

function curveOf({ shape, scale, decay }: Decay): (distance: number) => number {
  if (shape === 'gauss') {
    const width = (0.5 * scale ** 2) / Math.log(decay);
    return (distance) => Math.exp((0.5 * distance ** 2) / width);
  }
  if (shape === 'exp') {
    const rate = Math.log(decay) / scale;
    return (distance) => Math.exp(rate * distance);
  }
  const end = scale / (1 - decay);
  return (distance) => Math.max(0, (end - distance) / end);
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
