import { expect, test } from 'vitest';
import { asksForNetwork } from './asks-for-network.ts';

test.each([
  [{ cwlVersion: 'v1.2', requirements: [{ class: 'NetworkAccess', networkAccess: true }] }, true],
  [{ cwlVersion: 'v1.2', requirements: { NetworkAccess: { networkAccess: true } } }, true],
  [{ cwlVersion: 'v1.2', $graph: [{ hints: [{ class: 'NetworkAccess', networkAccess: '$(inputs.online)' }] }] }, true],
  [{ cwlVersion: 'v1.2', requirements: [{ class: 'NetworkAccess', networkAccess: false }] }, false],
  [{ cwlVersion: 'v1.2', requirements: { NetworkAccess: { networkAccess: false } } }, false],
  [{ cwlVersion: 'v1.2', steps: [] }, false],
  [{ cwlVersion: 'v1.0', steps: [] }, true],
])('%j asks for the network: %s', (document, expected) => {
  expect(asksForNetwork(document)).toBe(expected);
});
