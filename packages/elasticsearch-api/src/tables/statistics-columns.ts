import { isJsonObject, type JsonTree } from '../json/json.ts';
import type { Cell, Column } from './table.ts';

/** The statistics of indices, as their APIs answer them. */
type Statistics = { readonly [metric: string]: JsonTree };

/** A column's names, what it tells, and where that stands in the statistics. */
type Definition = readonly [names: string, description: string, path: string];

const caches: readonly Definition[] = [
  ['completion.size,cs,completionSize', 'size of completion', 'completion.size_in_bytes'],
  ['fielddata.memory_size,fm,fielddataMemory', 'used fielddata cache', 'fielddata.memory_size_in_bytes'],
  ['fielddata.evictions,fe,fielddataEvictions', 'fielddata evictions', 'fielddata.evictions'],
  ['query_cache.memory_size,qcm,queryCacheMemory', 'used query cache', 'query_cache.memory_size_in_bytes'],
  ['query_cache.evictions,qce,queryCacheEvictions', 'query cache evictions', 'query_cache.evictions'],
];

const requestCache: readonly Definition[] = [
  ['request_cache.memory_size,rcm,requestCacheMemory', 'used request cache', 'request_cache.memory_size_in_bytes'],
  ['request_cache.evictions,rce,requestCacheEvictions', 'request cache evictions', 'request_cache.evictions'],
  ['request_cache.hit_count,rchc,requestCacheHitCount', 'request cache hits', 'request_cache.hit_count'],
  ['request_cache.miss_count,rcmc,requestCacheMissCount', 'request cache misses', 'request_cache.miss_count'],
];

const queryCacheUse: readonly Definition[] = [
  ['query_cache.hit_count,qchc,queryCacheHitCount', 'query cache hits', 'query_cache.hit_count'],
  ['query_cache.miss_count,qcmc,queryCacheMissCount', 'query cache misses', 'query_cache.miss_count'],
];

const activity: readonly Definition[] = [
  ['flush.total,ft,flushTotal', 'flushes', 'flush.total'],
  ['flush.total_time,ftt,flushTotalTime', 'time in flushes', 'flush.total_time_in_millis'],
  ['get.current,gc,getCurrent', 'gets that run', 'get.current'],
  ['get.time,gti,getTime', 'time in gets', 'get.time_in_millis'],
  ['get.total,gto,getTotal', 'gets', 'get.total'],
  ['get.exists_time,geti,getExistsTime', 'time in gets that found', 'get.exists_time_in_millis'],
  ['get.exists_total,geto,getExistsTotal', 'gets that found', 'get.exists_total'],
  ['get.missing_time,gmti,getMissingTime', 'time in gets that did not find', 'get.missing_time_in_millis'],
  ['get.missing_total,gmto,getMissingTotal', 'gets that did not find', 'get.missing_total'],
  ['indexing.delete_current,idc,indexingDeleteCurrent', 'deletions that run', 'indexing.delete_current'],
  ['indexing.delete_time,idti,indexingDeleteTime', 'time in deletions', 'indexing.delete_time_in_millis'],
  ['indexing.delete_total,idto,indexingDeleteTotal', 'deletions', 'indexing.delete_total'],
  ['indexing.index_current,iic,indexingIndexCurrent', 'writes that run', 'indexing.index_current'],
  ['indexing.index_time,iiti,indexingIndexTime', 'time in writes', 'indexing.index_time_in_millis'],
  ['indexing.index_total,iito,indexingIndexTotal', 'writes', 'indexing.index_total'],
  ['indexing.index_failed,iif,indexingIndexFailed', 'writes that failed', 'indexing.index_failed'],
  ['merges.current,mc,mergesCurrent', 'merges that run', 'merges.current'],
  ['merges.current_docs,mcd,mergesCurrentDocs', 'documents in merges that run', 'merges.current_docs'],
  ['merges.current_size,mcs,mergesCurrentSize', 'bytes in merges that run', 'merges.current_size_in_bytes'],
  ['merges.total,mt,mergesTotal', 'merges', 'merges.total'],
  ['merges.total_docs,mtd,mergesTotalDocs', 'documents merged', 'merges.total_docs'],
  ['merges.total_size,mts,mergesTotalSize', 'bytes merged', 'merges.total_size_in_bytes'],
  ['merges.total_time,mtt,mergesTotalTime', 'time in merges', 'merges.total_time_in_millis'],
  ['refresh.total,rto,refreshTotal', 'refreshes', 'refresh.total'],
  ['refresh.time,rti,refreshTime', 'time in refreshes', 'refresh.total_time_in_millis'],
  ['refresh.external_total,rto,refreshTotal', 'external refreshes', 'refresh.external_total'],
  ['refresh.external_time,rti,refreshTime', 'time in external refreshes', 'refresh.external_total_time_in_millis'],
  ['refresh.listeners,rli,refreshListeners', 'waits for a refresh', 'refresh.listeners'],
];

const searches: readonly Definition[] = [
  ['search.fetch_current,sfc,searchFetchCurrent', 'fetches that run', 'search.fetch_current'],
  ['search.fetch_time,sfti,searchFetchTime', 'time in fetches', 'search.fetch_time_in_millis'],
  ['search.fetch_total,sfto,searchFetchTotal', 'fetches', 'search.fetch_total'],
  ['search.open_contexts,so,searchOpenContexts', 'open scrolls and points in time', 'search.open_contexts'],
  ['search.query_current,sqc,searchQueryCurrent', 'queries that run', 'search.query_current'],
  ['search.query_time,sqti,searchQueryTime', 'time in queries', 'search.query_time_in_millis'],
  ['search.query_total,sqto,searchQueryTotal', 'queries', 'search.query_total'],
  ['search.scroll_current,scc,searchScrollCurrent', 'open scrolls', 'search.scroll_current'],
  ['search.scroll_time,scti,searchScrollTime', 'time of ended scrolls', 'search.scroll_time_in_millis'],
  ['search.scroll_total,scto,searchScrollTotal', 'ended scrolls', 'search.scroll_total'],
];

const segments: readonly Definition[] = [
  ['segments.count,sc,segmentsCount', 'number of segments', 'segments.count'],
  ['segments.memory,sm,segmentsMemory', 'memory used by segments', 'segments.memory_in_bytes'],
  [
    'segments.index_writer_memory,siwm,segmentsIndexWriterMemory',
    'memory used by the index writer',
    'segments.index_writer_memory_in_bytes',
  ],
  [
    'segments.version_map_memory,svmm,segmentsVersionMapMemory',
    'memory used by the version map',
    'segments.version_map_memory_in_bytes',
  ],
  [
    'segments.fixed_bitset_memory,sfbm,fixedBitsetMemory',
    'memory used by fixed bit sets',
    'segments.fixed_bit_set_memory_in_bytes',
  ],
];

const warmers: readonly Definition[] = [
  ['warmer.current,wc,warmerCurrent', 'warmers that run', 'warmer.current'],
  ['warmer.total,wto,warmerTotal', 'warmers', 'warmer.total'],
  ['warmer.total_time,wtt,warmerTotalTime', 'time in warmers', 'warmer.total_time_in_millis'],
];

const suggestions: readonly Definition[] = [
  ['suggest.current,suc,suggestCurrent', 'suggestions that run', 'search.suggest_current'],
  ['suggest.time,suti,suggestTime', 'time in suggestions', 'search.suggest_time_in_millis'],
  ['suggest.total,suto,suggestTotal', 'suggestions', 'search.suggest_total'],
];

const byTable: Readonly<Record<'indices' | 'shards' | 'nodes', readonly Definition[]>> = {
  indices: [...caches, ...requestCache, ...activity, ...searches, ...segments, ...warmers, ...suggestions],
  shards: [...caches, ...activity, ...searches, ...segments, ...warmers],
  nodes: [...caches, ...queryCacheUse, ...requestCache, ...activity, ...searches, ...segments, ...suggestions],
};

/**
 * The columns of a table that tell statistics of indices. None is shown unless it is named.
 * @param statistics of what a row is about; undefined leaves all empty. Asked once for each cell
 */
export function statisticsColumns<Row>(
  table: keyof typeof byTable,
  statistics: (row: Row) => Statistics | undefined,
): readonly Column<Row>[] {
  return byTable[table].map(([names, description, path]) => {
    const [name = '', ...aliases] = names.split(',');
    const [metric = '', member = ''] = path.split('.');
    return {
      name,
      aliases,
      description,
      align: 'right',
      hidden: true,
      value: (row) => cellOf(statistics(row)?.[metric], member),
    };
  });
}

function cellOf(metric: JsonTree, member: string): Cell {
  const value = isJsonObject(metric) ? metric[member] : undefined;
  if (typeof value !== 'number') return undefined;
  if (member.endsWith('_in_millis')) return { ms: value };
  return member.endsWith('_in_bytes') ? { bytes: value } : value;
}
