import { describe, expect, it } from 'vitest';
import { inputsFromOgc } from './ogc-inputs.ts';
import { inputsFromWpsT } from './wps-t-inputs.ts';

describe('inputs of a WPS-T body', () => {
  it('keep their values as they were sent', () => {
    const directory = { class: 'Directory', path: '/tmp/SOUNDER_SIPS/STATIC_DATA' };
    expect(
      inputsFromWpsT([
        { id: 'static_dir', data: directory },
        { id: 'none', data: null },
        { id: 'wrapped', data: { value: 1 } },
      ]),
    ).toEqual({ static_dir: directory, none: null, wrapped: { value: 1 } });
  });

  it('with one id make an array, in their order', () => {
    expect(
      inputsFromWpsT([
        { id: 'channel', data: 'b' },
        { id: 'other', data: 1 },
        { id: 'channel', data: 'a' },
        { id: 'channel', data: ['c'] },
      ]),
    ).toEqual({ channel: ['b', 'a', ['c']], other: 1 });
  });

  it('may be a map already', () => {
    expect(inputsFromWpsT({ a: 1, b: [2] })).toEqual({ a: 1, b: [2] });
  });

  it('may be named like members of every object', () => {
    const inputs = inputsFromWpsT([
      { id: '__proto__', data: 1 },
      { id: 'constructor', data: 2 },
    ]);
    expect(Object.entries(inputs)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ]);
  });
});

describe('inputs of an OGC body', () => {
  it('are unwrapped where they are qualified values, also in arrays', () => {
    expect(
      inputsFromOgc({
        plain: 'a',
        qualified: { value: { a: 1 }, mediaType: 'application/json' },
        several: [{ value: 1 }, 2],
        link: { href: 'https://data.test/a.nc', type: 'application/x-netcdf' },
        box: { bbox: [1, 2, 3, 4] },
        record: { value: 1, unit: 'K' },
      }),
    ).toEqual({
      plain: 'a',
      qualified: { a: 1 },
      several: [1, 2],
      link: { href: 'https://data.test/a.nc', type: 'application/x-netcdf' },
      box: { bbox: [1, 2, 3, 4] },
      record: { value: 1, unit: 'K' },
    });
  });
});
