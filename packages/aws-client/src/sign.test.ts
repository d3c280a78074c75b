import { describe, expect, it } from 'vitest';
import { signRequest } from './sign.ts';

// The published examples of Signature Version 4 (aws-sig-v4-test-suite) share keys, scope and time.
const options = {
  keys: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
  region: 'us-east-1',
  service: 'service',
  now: new Date('2015-08-30T12:36:00Z'),
};

function signature(method: string, path: string, headers: Record<string, string> = {}, body = ''): string | undefined {
  const signed = signRequest({ method, url: `https://example.amazonaws.com${path}`, headers, body }, options);
  return /Signature=(\w+)$/.exec(signed.authorization ?? '')?.[1];
}

describe('signRequest', () => {
  it('signs the published examples as published', () => {
    expect(signature('GET', '/')).toBe('5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31');
    expect(signature('POST', '/')).toBe('5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b');
    expect(signature('GET', '/?Param2=value2&Param1=value1')).toBe(
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    );
    expect(signature('POST', '/', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'Param1=value1')).toBe(
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    );
  });

  it('names the scope and the signed headers', () => {
    const { authorization } = signRequest(
      { method: 'GET', url: 'http://127.0.0.1:4566/', headers: {}, body: '' },
      options,
    );
    expect(authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20150830\/us-east-1\/service\/aws4_request, SignedHeaders=host;x-amz-date, /,
    );
  });

  it('signs the session token of temporary keys', () => {
    const keys = { ...options.keys, sessionToken: 'token' };
    const headers = signRequest({ method: 'GET', url: 'http://h/', headers: {}, body: '' }, { ...options, keys });
    expect(headers['x-amz-security-token']).toBe('token');
    expect(headers.authorization).toContain('SignedHeaders=host;x-amz-date;x-amz-security-token');
  });
});
