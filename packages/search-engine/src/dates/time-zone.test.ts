import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTimeZone } from './time-zone.ts';

const iso = (instantMs: number): string => new Date(instantMs).toISOString().slice(0, 19);

describe('a zone of the IANA database', () => {
  const paris = parseTimeZone('Europe/Paris');

  test.each([
    ['2024-01-01T12:00:00Z', 1],
    ['2024-03-31T00:59:59.999Z', 1],
    ['2024-03-31T01:00:00Z', 2],
    ['2024-10-27T00:59:59Z', 2],
    ['2024-10-27T01:00:00Z', 1],
    ['1969-06-01T00:00:00Z', 1],
  ])('is at %s ahead by %d hours', (instant, hours) => {
    expect(paris.offsetAt(Date.parse(instant))).toBe(hours * 3_600_000);
  });

  test.each([
    ['an ordinary time', '2024-06-01T12:00', '2024-06-01T10:00:00'],
    ['a time that clocks skip', '2024-03-31T02:30', '2024-03-31T01:30:00'],
    ['the first of a time that clocks show twice', '2024-10-27T02:30', '2024-10-27T00:30:00'],
  ])('knows the instant of %s', (_, local, instant) => {
    expect(iso(paris.toInstant(Date.parse(`${local}Z`)))).toBe(instant);
  });

  test('gives every instant back from its local time, except within the hour that is shown twice', () => {
    const zones = ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Africa/Casablanca'];
    const instant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2035, 0, 1) });
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (instantMs, id) => {
        const zone = parseTimeZone(id);
        const offset = zone.offsetAt(instantMs);
        const back = zone.toInstant(instantMs + offset);
        expect(back === instantMs || zone.offsetAt(back) > offset).toBe(true);
        expect(back + zone.offsetAt(back)).toBe(instantMs + offset);
      }),
    );
  });
});

test.each([
  ['Z', 0],
  ['UTC', 0],
  ['+01:00', 60],
  ['-0530', -330],
  ['+5', 300],
  ['UTC+2', 120],
])('%s is a fixed offset', (id, minutes) => {
  expect(parseTimeZone(id).fixedOffsetMs).toBe(minutes * 60_000);
});

test.each(['Nope/X', '../etc'])('%j is no zone', (id) => {
  expect(() => parseTimeZone(id)).toThrow(`Unknown time-zone ID: ${id}`);
});

test.each(['+19:00', '', '+01:70', 'x'])('%j is no offset', (id) => {
  expect(() => parseTimeZone(id)).toThrow(`Invalid ID for ZoneOffset, invalid format: ${id}`);
});
