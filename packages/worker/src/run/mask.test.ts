import { expect, test } from 'vitest';
import { maskOf } from './mask.ts';

test.each([
  [['swordfish'], 'a swordfish and a swordfish', 'a *** and a ***'],
  [['fish', 'swordfish'], 'a swordfish, a fish', 'a ***, a ***'],
  [['a$&b'], 'with a$&b', 'with ***'],
  [['say "hi"'], '{"said": "say \\"hi\\""}', '{"said": "***"}'],
  [['-----BEGIN\nMIIabc\n}\n-----END\n'], 'read MIIabc\n}\n-----END of it', 'read ***\n}\n*** of it'],
  [['', ' '], 'nothing to hide', 'nothing***to***hide'],
  [[], 'nothing', 'nothing'],
])('the secrets %j are masked in %j', (secrets, text, expected) => {
  expect(maskOf(secrets)(text)).toBe(expected);
});
