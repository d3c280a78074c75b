import { readSetting } from '../index/settings.ts';
import type { JsonObject } from '../mapping/json.ts';
import type { Block } from './block.ts';

/** By the setting that makes each, in the order in which the real product names them. */
const bySetting: readonly (readonly [string, Block])[] = [
  [
    'blocks.read_only_allow_delete',
    {
      id: 12,
      description: 'disk usage exceeded flood-stage watermark, index has read-only-allow-delete block',
      levels: ['write', 'metadata_write'],
      allowsRelease: true,
      code: 'limit-exceeded',
    },
  ],
  ['blocks.metadata', forbidding(9, 'index metadata (api)', ['metadata_read', 'metadata_write'])],
  ['blocks.write', forbidding(8, 'index write (api)', ['write'])],
  ['blocks.read', forbidding(7, 'index read (api)', ['read'])],
  ['blocks.read_only', forbidding(5, 'index read-only (api)', ['write', 'metadata_write'])],
];

function forbidding(id: number, description: string, levels: Block['levels']): Block {
  return { id, description, levels, allowsRelease: false, code: 'forbidden' };
}

/** The blocks that the settings of an index make. */
export function indexBlocks(settings: JsonObject): readonly Block[] {
  return bySetting.filter(([name]) => String(readSetting(settings, name)) === 'true').map(([, block]) => block);
}
