import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ParameterDescription } from '@daybook/cwl';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchReference } from './fetch-reference.ts';
import { resolveReferences } from './resolve-references.ts';

let server: Server;
let url: string;
const open = { allowPrivateAddresses: true };

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/text') response.end('a text');
    else if (request.url === '/long') response.end('x'.repeat(1024 * 1024 + 1));
    else if (request.url === '/bytes') response.end(Buffer.from([0xff, 0xfe]));
    else if (request.url === '/moved') response.writeHead(302, { location: '/text' }).end();
    else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
    else if (request.url === '/file') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    else if (request.url !== '/silent') response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('a reference', () => {
  it.each(['/text', '/moved'])('%s is fetched', async (path) => {
    expect(await fetchReference(url + path, open)).toBe('a text');
  });

  it.each([
    ['/none', 'answered 404'],
    ['/long', 'longer than 1048576 bytes'],
    ['/bytes', 'cannot be fetched'],
    ['/loop', 'more than 5 redirects'],
    ['/file', 'no http or https URL'],
  ])('%s is refused with the reason', async (path, reason) => {
    await expect(fetchReference(url + path, open)).rejects.toThrow(reason);
  });

  it('that never answers is given up', async () => {
    await expect(fetchReference(`${url}/silent`, { ...open, timeoutMs: 50 })).rejects.toThrow('took too long');
  });

  it.each(['127.0.0.1', 'localhost', '0x7f.1', '[::ffff:127.0.0.1]'])(
    'to %s is forbidden unless the policy allows private addresses or the host',
    async (host) => {
      const href = url.replace('127.0.0.1', host);
      await expect(fetchReference(`${href}/text`, {})).rejects.toMatchObject({ code: 'forbidden' });
    },
  );

  it('to a host that is allowed by name is fetched', async () => {
    expect(await fetchReference(`${url}/text`, { allowedHosts: ['127.0.0.1'] })).toBe('a text');
  });

  it.each(['file:///etc/passwd', 'ftp://example.org/a', 'nothing'])('%s is forbidden', async (href) => {
    await expect(fetchReference(href, open)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('an input by reference', () => {
  const parameter = (schema: ParameterDescription['schema']): ParameterDescription => {
    return { title: '', schema, minOccurs: 0, maxOccurs: 1, mediaType: '' };
  };
  const file = { type: 'object', required: ['href'], properties: { href: { type: 'string' } } };
  const described = {
    text: parameter({ type: 'string' }),
    count: parameter({ type: 'integer' }),
    names: parameter({ type: 'array', items: { type: 'string' } }),
    file: parameter({ oneOf: [file] }),
    files: parameter({ type: 'array', items: file }),
    any: parameter({}),
    image: parameter({ type: 'string', contentEncoding: 'binary' }),
  };
  const texts: Readonly<Record<string, string>> = { 'h://five': '5', 'h://list': '["a"]', 'h://bad': '{' };
  const resolve = (inputs: Parameters<typeof resolveReferences>[0]) =>
    resolveReferences(inputs, described, async (href) => texts[href] ?? '');

  it('becomes the text or the JSON value that its type asks for', async () => {
    const five = { href: 'h://five', type: 'text/plain' };
    const inputs = { text: five, count: five, names: { href: 'h://list' } };
    expect(await resolve(inputs)).toEqual({ text: '5', count: 5, names: ['a'] });
    expect(await resolve({ names: ['x', five] })).toEqual({ names: ['x', '5'] });
  });

  it('stays a link where that is what the process takes, and where there is no such input', async () => {
    const link = { href: 'h://five' };
    const inputs = { file: link, files: [link], any: link, image: link, unknown: link };
    expect(await resolve(inputs)).toEqual(inputs);
  });

  it('is refused where it is no value of its type, or one of too many', async () => {
    await expect(resolve({ count: { href: 'h://bad' } })).rejects.toThrow('input count: h://bad is no JSON');
    const many = Array.from({ length: 21 }, () => ({ href: 'h://five' }));
    await expect(resolve({ names: many })).rejects.toThrow('at most 20 links');
  });
});
