import { type Block, refuseBlocked } from '@daybook/search-engine';

const readOnly: Block = {
  id: 6,
  description: 'cluster read-only (api)',
  levels: ['write', 'metadata_write'],
  allowsRelease: false,
  code: 'forbidden',
};

const readOnlyAllowDelete: Block = {
  ...readOnly,
  id: 13,
  description: 'cluster read-only / allow delete (api)',
  allowsRelease: true,
};

/** The blocks that settings of the cluster make, in the order in which the real product names them. */
export function clusterBlocks(flag: (name: string) => boolean): readonly Block[] {
  return [
    ...(flag('cluster.blocks.read_only_allow_delete') ? [readOnlyAllowDelete] : []),
    ...(flag('cluster.blocks.read_only') ? [readOnly] : []),
  ];
}

/** Refuses what would change the cluster, or any index in it. */
export function refuseWhereReadOnly({ blocks }: { readonly blocks: readonly Block[] }): void {
  refuseBlocked('metadata_write', [{ blocks }]);
}
