import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMaskStream } from './mask-stream.ts';

test('a secret is masked wherever the pieces of a log are cut', () => {
  const secret = 'geheim-ü-42';
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('log line\n', secret, 'geheim', '-ü-', 'x'), { maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }),
      (parts, lengths) => {
        const whole = Buffer.from(parts.join(''));
        const stream = createMaskStream([secret, '']);
        const shown: Buffer[] = [];
        for (let at = 0, piece = 0; at < whole.length; piece++) {
          const length = lengths[piece % lengths.length]!;
          shown.push(stream.push(whole.subarray(at, at + length)));
          at += length;
        }
        shown.push(stream.end());
        expect(Buffer.concat(shown).toString()).toBe(parts.join('').replaceAll(secret, '***'));
      },
    ),
  );
});

test('a secret that begins like a shorter one is masked whole, also when the piece ends between them', () => {
  const stream = createMaskStream(['abc', 'abcdef']);
  const shown = ['x abc', 'def y ab', 'c'].map((piece) => stream.push(Buffer.from(piece)).toString());
  expect([...shown, stream.end().toString()].join('')).toBe('x *** y ***');
});

test('without secrets nothing is held back', () => {
  const stream = createMaskStream([]);
  expect(stream.push(Buffer.from('line')).toString()).toBe('line');
  expect(stream.end().length).toBe(0);
});
