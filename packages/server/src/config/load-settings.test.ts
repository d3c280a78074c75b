import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings } from './load-settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function configFile(content: string): string {
  const path = join(folder, 'daybook.yaml');
  writeFileSync(path, content);
  return path;
}

describe('settings', () => {
  it('come from flags first, then the environment, then the config file, then their defaults', () => {
    const config = configFile('ades-port: 1\ndatabase-port: 1\nbus-port: 1\n');
    const loaded = loadSettings({
      flags: { config, 'ades-port': '3' },
      environment: { DAYBOOK_ADES_PORT: '2', DAYBOOK_DATABASE_PORT: '2' },
    });
    expect(loaded).toMatchObject({ 'ades-port': 3, 'database-port': 2, 'bus-port': 1, host: '127.0.0.1' });
  });

  it('may be lists and maps, as text and as YAML', () => {
    const config = configFile('cwl-url-map:\n  https://example.org/: /srv/cwl\n');
    const loaded = loadSettings({ flags: { config, 'cwl-roots': '/a, /b' }, environment: {} });
    expect(loaded['cwl-roots']).toEqual(['/a', '/b']);
    expect(loaded['cwl-url-map']).toEqual({ 'https://example.org/': '/srv/cwl' });
  });

  it.each([
    [{ 'ades-port': '70000' }, {}, '--ades-port: expected a whole number from 0 to 65535, found "70000"'],
    [{}, { DAYBOOK_DATABASE_URL: 'nowhere' }, 'DAYBOOK_DATABASE_URL: expected an http or https URL, found "nowhere"'],
    [{ 'server-inputs': '[1]' }, {}, '--server-inputs: expected a JSON object, found "[1]"'],
    [{ config: '/nonexistent.yaml' }, {}, 'config file /nonexistent.yaml: there is no such file'],
  ])('that are wrong are refused with their place and what was expected: %j %j', (flags, environment, message) => {
    expect(() => loadSettings({ flags, environment })).toThrow(message);
  });

  it('that do not exist are refused in the config file', () => {
    const config = configFile('adesport: 1\n');
    expect(() => loadSettings({ flags: { config }, environment: {} })).toThrow('there is no setting called adesport');
  });
});
