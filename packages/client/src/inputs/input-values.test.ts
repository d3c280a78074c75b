import { fileURLToPath } from 'node:url';
import { expect, it, test } from 'vitest';
import { type DeclaredInputs, inputValue, valuesOfAssignments } from './input-values.ts';

const LINK = {
  oneOf: [
    { type: 'object', required: ['href'] },
    { type: 'object', required: ['class'] },
  ],
};
const declared: DeclaredInputs = {
  text: { schema: { type: 'string' } },
  flag: { schema: { type: 'boolean' } },
  count: { schema: { type: 'integer' } },
  file: { schema: LINK },
  files: { schema: { type: 'array', items: LINK } },
  words: { schema: { type: 'array', items: { type: 'string' } } },
  record: { schema: { type: 'object' } },
  either: { schema: { oneOf: [{ type: 'string' }, { type: 'integer' }] } },
};

test.each([
  ['text', '[1, 2]', '[1, 2]'],
  ['text', '', ''],
  ['count', '5', 5],
  ['count', '-1.5e3', -1500],
  ['count', '007', '007'],
  ['count', '12345678901234567890', '12345678901234567890'],
  ['flag', 'true', true],
  ['either', '5', '5'],
  ['either', '{"a": 1}', '{"a": 1}'],
  ['unknown', '[1]', '[1]'],
  ['words', 'a', ['a']],
  ['words', '["a", "b"]', ['a', 'b']],
  ['record', '{"a": 1}', { a: 1 }],
  ['file', 's3://bucket/key', { href: 's3://bucket/key' }],
  ['file', '{"class": "File", "location": "x"}', { class: 'File', location: 'x' }],
  ['files', 'https://example.org/a', [{ href: 'https://example.org/a' }]],
])('as input %s the text %s is %j', (name, text, value) => {
  expect(inputValue(name, text, declared)).toEqual(value);
});

it('a local file is its URL, and one that is not there is refused', () => {
  const path = fileURLToPath(import.meta.url);
  expect(inputValue('file', path, declared)).toEqual({ href: import.meta.url });
  expect(() => inputValue('file', './no-such-file', declared)).toThrow(
    'input file: expected a URL, or a file that is there, found "./no-such-file"',
  );
});

it('what begins like JSON and is none is refused by the name of its input', () => {
  expect(() => inputValue('words', '["a"', declared)).toThrow(/^input words: begins like JSON/);
});

it('an input that is named several times is an array', () => {
  const assignments = ['words=a=b', 'words=c', 'text=', 'files=s3://b/1', 'files=s3://b/2'];
  expect(valuesOfAssignments('--input', assignments, declared)).toEqual({
    words: ['a=b', 'c'],
    text: '',
    files: [{ href: 's3://b/1' }, { href: 's3://b/2' }],
  });
  expect(() => valuesOfAssignments('--input', ['=x'], declared)).toThrow('--input: expected name=value, found "=x"');
});
