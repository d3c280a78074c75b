import { expect, test } from 'vitest';
import { requiredResources } from './required-resources.ts';

const MEBIBYTE = 2 ** 20;

test.each([
  ['nothing', {}, 0, 0],
  ['a list', { requirements: [{ class: 'ResourceRequirement', coresMin: 4, ramMin: 2048 }] }, 4, 2048],
  ['a map', { hints: { ResourceRequirement: { coresMax: 2, ramMin: 100 } } }, 2, 100],
  [
    'the largest step',
    {
      $graph: [
        { requirements: [{ class: 'ResourceRequirement', coresMin: 8 }] },
        { steps: [{ run: { hints: [{ class: 'ResourceRequirement', ramMin: 4096 }] } }] },
      ],
    },
    8,
    4096,
  ],
  ['an expression', { requirements: [{ class: 'ResourceRequirement', coresMin: '$(inputs.n)' }] }, 0, 0],
])('%s', (_name, document, cores, mebibytes) => {
  expect(requiredResources(document)).toEqual({ cores, memoryBytes: mebibytes * MEBIBYTE });
});
