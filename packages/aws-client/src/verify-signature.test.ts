import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SignableRequest, signRequest } from './sign.ts';
import { verifySignature } from './verify-signature.ts';

const keys = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
const now = new Date('2024-05-06T07:08:09Z');
const request: SignableRequest = {
  method: 'POST',
  url: 'http://127.0.0.1:4566/000000000000/a%20queue?b=2&a=%C3%A9',
  headers: { 'Content-Type': 'text/plain' },
  body: 'body',
};

function signed(changes: Partial<SignableRequest> = {}, service = 'sqs'): SignableRequest {
  const whole = { ...request, ...changes };
  return { ...whole, headers: signRequest(whole, { keys, region: 'us-east-1', service, now }) };
}

const verify = (given: SignableRequest, at = now): string =>
  verifySignature(given, { keysOf: (id) => (id === 'AKID' ? keys : undefined), services: ['sqs', 'sns'], now: at });

const refusal = (given: SignableRequest, at = now): unknown => {
  try {
    return verify(given, at);
  } catch (error) {
    return (error as { detail: { reason: string } }).detail.reason;
  }
};

describe('verifySignature', () => {
  it('accepts every request that signRequest signed', () => {
    fc.assert(
      fc.property(fc.string(), fc.webPath(), fc.webQueryParameters(), (body, path, query) => {
        expect(verify(signed({ body, url: `http://127.0.0.1:4566${path || '/'}?${query}` }))).toBe('AKID');
      }),
    );
  });

  it('refuses a request of which anything was changed', () => {
    const good = signed();
    expect(refusal({ ...good, body: 'other' })).toBe('mismatch');
    expect(refusal({ ...good, method: 'GET' })).toBe('mismatch');
    expect(refusal({ ...good, url: `${good.url}&c=3` })).toBe('mismatch');
    expect(refusal({ ...good, headers: { ...good.headers, 'content-type': 'text/html' } })).toBe('mismatch');
  });

  it('refuses what is not signed, signed by a stranger, for another service, or too long ago', () => {
    const good = signed();
    const withAuthorization = (authorization: string) => ({ ...good, headers: { ...good.headers, authorization } });
    expect(refusal(request)).toBe('missing');
    expect(refusal(withAuthorization('Basic dXNlcg=='))).toBe('malformed');
    expect(refusal(withAuthorization(good.headers.authorization!.replace('AKID', 'OTHER')))).toBe('unknown-key');
    expect(refusal(signed({}, 's3'))).toBe('wrong-scope');
    expect(refusal(good, new Date(now.getTime() + 16 * 60_000))).toBe('expired');
    expect(refusal({ ...good, headers: { ...good.headers, 'x-amz-date': 'yesterday' } })).toBe('malformed');
  });
});
