import { expect, it } from 'vitest';
import { parseXml, xmlMembers, xmlText } from './xml.ts';

it('reads elements, text and entities', () => {
  const root = parseXml(
    '<?xml version="1.0"?>\n<R xmlns="http://x/"><A>1 &lt; 2 &#x1F600;&#65;</A><L><member><B>b</B></member><member/></L></R>',
  );
  expect(root.name).toBe('R');
  expect(xmlText(root, 'A')).toBe('1 < 2 😀A');
  expect(xmlText(root, 'L', 'member', 'B')).toBe('b');
  expect(xmlText(root, 'nothing', 'here')).toBeUndefined();
  expect(xmlMembers(root, 'L')).toHaveLength(2);
});

it.each(['', 'text', '<a>', '<a></b>', '<a></a></a>', '<a', '<a>'.repeat(100)])('refuses %j', (source) => {
  expect(() => parseXml(source)).toThrow(/not well-formed/);
});
