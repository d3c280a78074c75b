import { isDaybookError } from '@daybook/errors';
import { type Engine, type Index, TimeSlice } from '@daybook/search-engine';
import type { AutoCreateIndex } from '../cluster/settings/auto-create-index.ts';
import { illegalArgument, indexNotFound, validationFailed } from '../errors/errors.ts';
import { renderItemError } from '../errors/render-error.ts';
import { writableIndex } from '../indices/single-index.ts';
import type { JsonTree } from '../json/json.ts';
import type { SourceFilter } from '../json/source-filter.ts';
import { applyWrite } from './apply-write.ts';
import { checkPipeline } from './check-pipeline.ts';
import type { DocumentWrite } from './document-write.ts';
import { ensureIndex, existingIndex } from './ensure-index.ts';
import { type BulkAction, parseBulk } from './parse-bulk.ts';
import { conditionOfBody, parseUpdateBody, parseUpdateJson } from './parse-update-body.ts';
import { isLargeWrite, prepareWrite } from './prepare-write.ts';
import { renderWrite, writeStatus } from './render-write.ts';
import { routedWrite } from './routed-write.ts';
import { writeCondition, writeRouting } from './write-parameters.ts';
import { writeProblems } from './write-problems.ts';

/** What the request around a bulk body says. */
export interface BulkOptions {
  readonly defaultIndex: string | undefined;
  readonly autoCreateIndex: AutoCreateIndex;
  readonly requireAlias: boolean;
  /** Of actions that name none. */
  readonly routing: string | undefined;
  readonly source: SourceFilter | undefined;
  readonly typed: boolean;
  readonly forcedRefresh: boolean;
  readonly log: (error: unknown) => void;
}

/** Each has its place in the answer, which is one text. */
const maxActions = 1_000_000;

const maxComplaints = 100;

/** More actions than this are read twice instead of being kept between the check and the writes. */
const maxKeptActions = 50_000;

/**
 * Performs the actions of a bulk body in order; each has an outcome of its own. The whole body is checked before the first
 * write, so that a malformed one changes nothing.
 */
export async function performBulk(
  engine: Engine,
  body: Uint8Array,
  options: BulkOptions,
): Promise<{ readonly errors: boolean; readonly items: readonly JsonTree[] }> {
  const slice = new TimeSlice();
  const checked = await checkActions(body, options, slice);
  const items: JsonTree[] = [];
  const written = new Set<Index>();
  let errors = false;
  for (const action of checked ?? parseBulk(body)) {
    if (slice.isOver) await slice.next();
    const outcome = performAction(engine, action, options);
    const { item, failed, index } = isDone(outcome) ? outcome : await performInSteps(engine, action, options, outcome);
    errors ||= failed;
    if (index !== undefined) written.add(index);
    items.push({ [action.action]: item });
  }
  await engine.commit();
  if (options.forcedRefresh) for (const { counters } of written) counters.refreshes += 1;
  return { errors, items };
}

/** Gives the actions where they are few enough to be kept; undefined where they are to be read once more. */
async function checkActions(
  body: Uint8Array,
  options: BulkOptions,
  slice: TimeSlice,
): Promise<readonly BulkAction[] | undefined> {
  const complaints: string[] = [];
  const actions: BulkAction[] = [];
  let count = 0;
  for (const bulkAction of parseBulk(body)) {
    if (slice.isOver) await slice.next();
    count += 1;
    if (count > maxActions) throw illegalArgument(`a bulk request takes at most [${maxActions}] actions`);
    if (count <= maxKeptActions) actions.push(bulkAction);
    // What an update says is not kept: read, it takes several times the memory.
    const write = toWrite(bulkAction, targetOf(bulkAction, options), options);
    if (complaints.length < maxComplaints) complaints.push(...writeProblems(write));
  }
  if (count === 0) complaints.push('no requests added');
  if (complaints.length > 0) throw validationFailed(...complaints);
  return count <= maxKeptActions ? actions : undefined;
}

interface Outcome {
  readonly item: JsonTree;
  readonly failed: boolean;
  /** What was written to. */
  readonly index?: Index;
}

/** A write that is to be prepared before it is applied. */
interface LargeWrite {
  readonly index: Index;
  readonly write: DocumentWrite;
}

function isDone(outcome: Outcome | LargeWrite | undefined): outcome is Outcome {
  return outcome !== undefined && 'item' in outcome;
}

/** Undefined where the index has to be made first. Nothing is awaited, which would cost as much as the write itself. */
function performAction(
  engine: Engine,
  action: BulkAction,
  options: BulkOptions,
  prepared?: DocumentWrite,
): Outcome | LargeWrite | undefined {
  const target = targetOf(action, options);
  let index: Index | undefined;
  try {
    checkPipeline(action.metadata.pipeline);
    const write = prepared ?? toWrite(action, target, options);
    index =
      write.action === 'delete' ? existingIndex(engine, target) : writableIndex(engine, target, write.requireAlias);
    if (index === undefined) return undefined;
    const routed = routedWrite(index, write);
    if (prepared === undefined && isLargeWrite(index, routed)) return { index, write };
    const applied = applyWrite(index, routed);
    return {
      item: { ...renderWrite(index.name, applied, options), status: writeStatus(applied) },
      failed: false,
      index,
    };
  } catch (error) {
    return failedItem(index?.name ?? target, action, options, error);
  }
}

async function performInSteps(
  engine: Engine,
  action: BulkAction,
  options: BulkOptions,
  large: LargeWrite | undefined,
): Promise<Outcome> {
  const target = targetOf(action, options);
  const { autoCreateIndex } = options;
  try {
    if (large === undefined) await ensureIndex(engine, target, { autoCreateIndex, isTold: false, requireAlias: false });
    const outcome = large ?? performAction(engine, action, options);
    if (outcome === undefined) throw indexNotFound(target);
    if (isDone(outcome)) return outcome;
    return await prepareWrite(engine, outcome.index, outcome.write, (prepared) => {
      const last = performAction(engine, action, options, prepared);
      if (isDone(last)) return last;
      throw indexNotFound(target);
    });
  } catch (error) {
    return failedItem(target, action, options, error);
  }
}

function targetOf({ metadata }: BulkAction, { defaultIndex }: BulkOptions): string {
  return metadata._index ?? defaultIndex ?? '';
}

function failedItem(indexName: string, action: BulkAction, options: BulkOptions, error: unknown): Outcome {
  if (!isDaybookError(error) || error.code === 'internal') options.log(error);
  const { status, error: rendered } = renderItemError(error);
  const names = { _index: indexName, _type: options.typed ? '_doc' : undefined };
  return { item: { ...names, _id: action.metadata._id ?? null, status, error: rendered }, failed: true };
}

function toWrite(action: BulkAction, target: string, options: BulkOptions): DocumentWrite {
  const { metadata, source } = action;
  return {
    target,
    action: action.action,
    requireAlias: metadata.require_alias ?? options.requireAlias,
    ...(metadata._id === undefined ? {} : { id: metadata._id }),
    routing: writeRouting(metadata.routing ?? options.routing),
    ...(action.action === 'update' ? ofUpdate(action, options) : writeCondition(metadata)),
    ...(source === undefined || action.action === 'update' ? {} : { source }),
  };
}

function ofUpdate({ metadata, source }: BulkAction, options: BulkOptions): Partial<DocumentWrite> {
  const { _source: wanted, retry_on_conflict: retryOnConflict = 0 } = metadata;
  const { version, versionType = 'internal' } = writeCondition(metadata);
  if (version !== undefined || versionType !== 'internal') {
    throw illegalArgument(
      'Update requests do not support versioning. Please use `if_seq_no` and `if_primary_term` instead',
    );
  }
  const body = parseUpdateJson(source ?? new Uint8Array()) ?? {};
  return {
    update: parseUpdateBody(
      { ...(wanted === undefined ? {} : { _source: wanted }), ...body },
      source?.byteLength ?? 0,
      options.source,
    ),
    retryOnConflict,
    ...writeCondition({ ...metadata, ...conditionOfBody(body) }),
  };
}
