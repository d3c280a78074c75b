import { DaybookError, isDaybookError } from '@daybook/errors';
import type { Engine, FieldTermVector, Index, StoredDocument } from '@daybook/search-engine';
import { versionConflict } from '../documents/version-conflict.ts';
import { documentRouting } from '../indices/document-routing.ts';
import { readableIndex } from '../indices/single-index.ts';
import { floatJson } from '../json/floating-point.ts';
import type { JsonTree } from '../json/json.ts';
import type { TermVectorsItem } from './term-vectors-request.ts';

/** The terms of one document as the wire has them. */
export async function readTermVectors(
  engine: Engine,
  item: TermVectorsItem,
  typed: boolean,
): Promise<{ readonly [name: string]: JsonTree }> {
  const startedMs = performance.now();
  const index = readableIndex(engine, item.index ?? '');
  const { id, doc, fields, filter, analyzers, termStatistics } = item;
  const routing = documentRouting(index, item.index ?? '', id, item.routing);
  const document = id === undefined ? undefined : index.get(id, routing);
  const named = { _index: index.name, _type: typed ? '_doc' : undefined, _id: id };
  const source = document?.source() ?? (doc === undefined ? undefined : Buffer.from(JSON.stringify(doc)));
  if (source === undefined) return { ...named, _version: 0, found: false, took: tookMs(startedMs) };
  try {
    if (document !== undefined) checkVersion(index, document, item.version);
    const vectors = await engine.termVectors(index, {
      source,
      isIndexed: document !== undefined,
      // compat: an empty list is as if none was said.
      ...(fields === undefined || fields.length === 0 ? {} : { fields }),
      ...(filter === undefined ? {} : { filter }),
      analyzers,
      termStatistics,
    });
    return {
      ...named,
      _version: document?.version ?? 0,
      found: true,
      took: tookMs(startedMs),
      term_vectors: Object.fromEntries(vectors.map((vector) => [vector.field, render(vector, item)])),
    };
  } catch (error) {
    if (!isDaybookError(error) || error.code === 'limit-exceeded') throw error;
    // compat: what is wrong with the document is found out only when it is read.
    throw new DaybookError(error.code, 'failed to execute term vector request', {
      detail: { reason: 'exception', status: 500 },
      cause: error,
    });
  }
}

function tookMs(startedMs: number): number {
  return Math.round(performance.now() - startedMs);
}

function checkVersion(index: Index, document: StoredDocument, wanted: number | undefined): void {
  const { id, version } = document;
  if (wanted === undefined || wanted === version) return;
  const message = `[${id}]: version conflict, current version [${version}] is different than the one provided [${wanted}]`;
  throw versionConflict(index, document, new DaybookError('conflict', message));
}

function render(vector: FieldTermVector, item: TermVectorsItem): JsonTree {
  const { docCount, sumDocFreq, sumTotalTermFreq } = vector.statistics;
  const statistics = { sum_doc_freq: sumDocFreq, doc_count: docCount, sum_ttf: sumTotalTermFreq };
  const hasPositions = item.positions && vector.hasPositions;
  const hasOffsets = item.offsets && vector.hasOffsets;
  const terms = vector.terms.map(({ term, tokens, statistics: inIndex, score }): [string, JsonTree] => [
    term,
    {
      doc_freq: inIndex?.docFreq,
      ttf: inIndex?.totalTermFreq,
      term_freq: tokens.length,
      tokens:
        hasPositions || hasOffsets
          ? tokens.map(({ position, startOffset, endOffset }) => ({
              position: hasPositions ? position : undefined,
              start_offset: hasOffsets ? startOffset : undefined,
              end_offset: hasOffsets ? endOffset : undefined,
            }))
          : undefined,
      score: score === undefined ? undefined : floatJson(score),
    },
  ]);
  return { field_statistics: item.fieldStatistics ? statistics : undefined, terms: Object.fromEntries(terms) };
}
