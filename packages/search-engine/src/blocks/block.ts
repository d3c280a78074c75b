import { DaybookError } from '@daybook/errors';

/** What requests do, as far as blocks tell it apart. */
type BlockLevel = 'read' | 'write' | 'metadata_read' | 'metadata_write';

/** What a request does; `release` makes room by deleting a whole index. */
export type BlockedOperation = BlockLevel | 'release';

/** Something that an index, or the cluster, refuses until it is told otherwise. */
export interface Block {
  readonly id: number;
  readonly description: string;
  readonly levels: readonly BlockLevel[];
  /** Whether what makes room may pass. */
  readonly allowsRelease: boolean;
  /** Why a request is refused: it may not, or it may as soon as there is room. */
  readonly code: 'forbidden' | 'limit-exceeded';
}

/** Blocks of one index; of the cluster where none is named. */
export interface BlockedIndex {
  readonly index?: string;
  readonly blocks: readonly Block[];
}

/** Throws `forbidden`, or `limit-exceeded` where nothing but room is lacking, if one of several indices refuses the operation. */
export function refuseBlocked(operation: BlockedOperation, candidates: readonly BlockedIndex[]): void {
  const found = candidates
    .map((candidate) => ({ ...candidate, blocks: candidate.blocks.filter((block) => refuses(block, operation)) }))
    .filter(({ blocks }) => blocks.length > 0);
  if (found.length > 0) throw blockedError(found);
}

/** Whether one of the blocks refuses the operation. */
export function isBlocked(operation: BlockedOperation, blocks: readonly Block[]): boolean {
  return blocks.some((block) => refuses(block, operation));
}

function refuses({ levels, allowsRelease }: Block, operation: BlockedOperation): boolean {
  return operation === 'release' ? levels.includes('metadata_write') && !allowsRelease : levels.includes(operation);
}

/** What is answered where blocks refuse a request, all of which are given. */
export function blockedError(found: readonly BlockedIndex[]): DaybookError {
  const message = found
    .map(
      ({ index, blocks }) =>
        `${index === undefined ? '' : `index [${index}] `}blocked by: [${blocks.map(show).join(', ')}];`,
    )
    .join('');
  const lacksRoom = found.every(({ blocks }) => blocks.every(({ code }) => code === 'limit-exceeded'));
  const [first] = found;
  return new DaybookError(lacksRoom ? 'limit-exceeded' : 'forbidden', message, {
    detail: { reason: 'cluster_block_exception', ...(first?.index === undefined ? {} : { index: first.index }) },
  });
}

function show({ code, id, description }: Block): string {
  return `${code === 'forbidden' ? 'FORBIDDEN' : 'TOO_MANY_REQUESTS'}/${id}/${description}`;
}
