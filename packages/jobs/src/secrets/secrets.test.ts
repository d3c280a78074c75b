import { describe, expect, it } from 'vitest';
import { dismissal, statusUpdate, submission, verdict } from '../build-update.ts';
import { fold } from '../fold.ts';
import type { JobDocument } from '../job-document.ts';
import { emptyState } from '../merge-state.ts';
import { parseMessage } from '../parse-message.ts';
import { toDocument } from '../to-document.ts';
import { redeemSecrets } from './redeem-secrets.ts';
import { seal, unseal } from './seal.ts';
import { sealInputs } from './seal-inputs.ts';
import { newSecretKeys, parseSecretKeys } from './secret-keys.ts';

const file = newSecretKeys();
const keys = parseSecretKeys(file);
const place = { jobId: 'j', inputId: 'token' };
const inputs = { token: 'swordfish', other: null, n: 1 };

function submitted(id = 'j') {
  const sealed = sealInputs(keys, id, inputs, ['token', 'other', 'absent']);
  const job = { id, inputs: sealed.inputs, labels: [], userId: 'ada', processId: 'p' };
  return submission({ ...job, secrets: sealed.secrets, inputsHash: sealed.hashes[0] });
}

function documentOf(...updates: Parameters<typeof fold>[1][]): JobDocument {
  return toDocument(undefined, updates.reduce(fold, emptyState(updates[0]!.id)));
}

describe('a sealed value', () => {
  it('opens for its own job and input alone', () => {
    const sealed = seal(keys, place, 'schön\n"🐟"');
    expect(unseal(keys, place, sealed)).toBe('schön\n"🐟"');
    for (const other of [
      { ...place, jobId: 'k' },
      { ...place, inputId: 'n' },
    ]) {
      expect(() => unseal(keys, other, sealed)).toThrowError(/another job or input/);
    }
  });

  it('is another one each time, of the empty text too', () => {
    expect(seal(keys, place, 'x')).not.toBe(seal(keys, place, 'x'));
    expect(unseal(keys, place, seal(keys, place, ''))).toBe('');
  });

  it('does not open once any of its characters was changed', () => {
    const sealed = seal(keys, place, 'swordfish');
    for (let i = 0; i < sealed.length - 1; i++) {
      const changed = `${sealed.slice(0, i)}${sealed[i] === 'A' ? 'B' : 'A'}${sealed.slice(i + 1)}`;
      expect(() => unseal(keys, place, changed), changed).toThrowError(/secret input token cannot be opened/);
    }
    for (const broken of ['', 'v1', 'v1..', `v1.${keys[0].id}.AAAA`, `${sealed}.x`]) {
      expect(() => unseal(keys, place, broken), broken).toThrowError(/cannot be opened/);
    }
  });

  it('opens with a key that seals no more, and names the key that is missing', () => {
    const sealed = seal(keys, place, 'swordfish');
    expect(unseal(parseSecretKeys(`${newSecretKeys()}${file}`), place, sealed)).toBe('swordfish');
    expect(() => unseal(parseSecretKeys(newSecretKeys()), place, sealed)).toThrowError(
      expect.objectContaining({ code: 'not-found', message: expect.stringContaining(`key ${keys[0].id}, which`) }),
    );
    const sameId = newSecretKeys().replace(/^\S+/, keys[0].id);
    expect(() => unseal(parseSecretKeys(sameId), place, sealed)).toThrowError(
      expect.objectContaining({ code: 'corrupt' }),
    );
  });
});

describe('a key file', () => {
  it('may have comments and empty lines', () => {
    expect(parseSecretKeys(`# of 2026\n\n${file}`)).toEqual(keys);
  });

  it.each([
    ['', /there is no key/],
    ['# none', /there is no key/],
    [`${file}a swordfish\n`, /line 2 is no key/],
    [`${file}${file}`, /same id/],
  ])('is refused without a word of what stands in it: %j', (content, reason) => {
    expect(() => parseSecretKeys(content)).toThrowError(reason);
    expect(() => parseSecretKeys(content)).not.toThrowError(/swordfish/);
  });
});

describe('the inputs of a job with secrets', () => {
  it('are shown without them, and hashed so that only the keys tell which they were', () => {
    const document = documentOf(submitted());
    expect(document).toMatchObject({ inputs: { token: '***', n: 1 }, 'input-values': ['n=1', 'token=***'] });
    expect(JSON.stringify(document)).not.toContain('swordfish');
    const hashOf = (token: string, ring = keys) => sealInputs(ring, 'k', { ...inputs, token }, ['token']).hashes;
    expect(hashOf('swordfish')).toEqual([document['inputs-hash']]);
    expect(hashOf('cod')).not.toEqual([document['inputs-hash']]);
    expect(hashOf('swordfish', parseSecretKeys(newSecretKeys()))).not.toContain(document['inputs-hash']);
    expect(hashOf('swordfish', parseSecretKeys(`${newSecretKeys()}${file}`))).toContain(document['inputs-hash']);
  });

  it('must be texts where they are secret', () => {
    expect(() => sealInputs(keys, 'j', { token: ['swordfish'] }, ['token'])).toThrowError(
      /^input "token": expected a string, as it is secret$/,
    );
  });

  it('give their values back until there is a verdict', () => {
    const running = statusUpdate({ id: 'j', status: 'running', attempt: 1 });
    const open = documentOf(submitted(), running);
    expect(redeemSecrets(keys, open, ['token', 'other'])).toEqual({ token: 'swordfish' });
    for (const end of [verdict({ id: 'j', attempt: 1, status: 'failed' }), dismissal({ id: 'j' })]) {
      // In either order: what comes late brings nothing back.
      for (const ended of [documentOf(submitted(), end), documentOf(end, submitted())]) {
        expect(ended.merge?.secrets).toBeUndefined();
        expect(() => redeemSecrets(keys, ended, ['token'])).toThrowError(/secret input token is gone/);
      }
    }
  });

  it('are not opened for another job into whose document they were copied', () => {
    const copied = { ...documentOf(submitted('other')), id: 'j' };
    expect(() => redeemSecrets(keys, copied, ['token'])).toThrowError(/sealed for another job/);
  });

  it('are taken from no message', () => {
    const forged = parseMessage(JSON.stringify({ ...submitted() }), { messageId: 'm' });
    expect(forged).toMatchObject({ update: { inputs: { token: '***' } } });
    expect(forged).not.toHaveProperty('update.secrets');
  });
});
