import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSecretKeys } from './secret-keys.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-keys-'));
  file = join(folder, 'secret-keys');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the file of the keys of secret inputs', () => {
  it('is made once, for its owner alone', () => {
    const keys = openSecretKeys(file);
    expect(keys).toHaveLength(1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(openSecretKeys(file)).toEqual(keys);
  });

  it('is refused where everybody may read it', () => {
    openSecretKeys(file);
    chmodSync(file, 0o644);
    expect(() => openSecretKeys(file)).toThrowError(
      /everybody may read .*secret-keys: expected the mode 600, found 644/,
    );
  });

  it('is refused by its name where it holds something else', () => {
    writeFileSync(file, 'swordfish\n', { mode: 0o600 });
    expect(() => openSecretKeys(file)).toThrowError(/^secret-key-file: .*secret-keys: line 1 is no key/);
    expect(() => openSecretKeys(file)).not.toThrowError(/swordfish/);
  });
});
