import { bulk } from './api/bulk.ts';
import { catAliases } from './api/cat/aliases.ts';
import { catAllocation } from './api/cat/allocation.ts';
import { catCount } from './api/cat/count.ts';
import { emptyTables } from './api/cat/empty-tables.ts';
import { catHealth } from './api/cat/health.ts';
import { catHelp } from './api/cat/help.ts';
import { catIndices } from './api/cat/indices.ts';
import { catMaster } from './api/cat/master.ts';
import { catNodes } from './api/cat/nodes.ts';
import { catRecovery } from './api/cat/recovery.ts';
import { catSegments } from './api/cat/segments.ts';
import { catShards } from './api/cat/shards.ts';
import { catSnapshots } from './api/cat/snapshots.ts';
import { catTasks } from './api/cat/tasks.ts';
import { catTemplates } from './api/cat/templates.ts';
import { catThreadPool } from './api/cat/thread-pool.ts';
import { clearScroll } from './api/clear-scroll.ts';
import { closePointInTime } from './api/close-point-in-time.ts';
import { allocationExplain } from './api/cluster/allocation-explain.ts';
import { deleteComponentTemplate } from './api/cluster/delete-component-template.ts';
import { getComponentTemplate } from './api/cluster/get-component-template.ts';
import { getClusterSettings } from './api/cluster/get-settings.ts';
import { clusterHealth } from './api/cluster/health.ts';
import { pendingTasks } from './api/cluster/pending-tasks.ts';
import { putComponentTemplate } from './api/cluster/put-component-template.ts';
import { putClusterSettings } from './api/cluster/put-settings.ts';
import { remoteInfo } from './api/cluster/remote-info.ts';
import { reroute } from './api/cluster/reroute.ts';
import { clusterState } from './api/cluster/state.ts';
import { clusterStats } from './api/cluster/stats.ts';
import { deleteVotingConfigExclusions, postVotingConfigExclusions } from './api/cluster/voting-config-exclusions.ts';
import { count } from './api/count.ts';
import { create } from './api/create.ts';
import { danglingIndex, listDanglingIndices } from './api/dangling-indices.ts';
import { deleteDocument } from './api/delete.ts';
import { deleteByQuery } from './api/delete-by-query.ts';
import { explain } from './api/explain.ts';
import { fieldCaps } from './api/field-caps.ts';
import { get } from './api/get.ts';
import { getAllPointsInTime } from './api/get-all-points-in-time.ts';
import { getScript } from './api/get-script.ts';
import { getSource } from './api/get-source.ts';
import { indexDocument } from './api/index-document.ts';
import { addBlock } from './api/indices/add-block.ts';
import { analyze } from './api/indices/analyze.ts';
import { clearCache } from './api/indices/clear-cache.ts';
import { cloneIndex } from './api/indices/clone.ts';
import { closeIndex } from './api/indices/close.ts';
import { createIndex } from './api/indices/create.ts';
import { deleteIndex } from './api/indices/delete.ts';
import { deleteAlias } from './api/indices/delete-alias.ts';
import { deleteIndexTemplate } from './api/indices/delete-index-template.ts';
import { deleteTemplate } from './api/indices/delete-template.ts';
import { indexExists } from './api/indices/exists.ts';
import { typeExists } from './api/indices/exists-type.ts';
import { flush, flushSynced } from './api/indices/flush.ts';
import { forcemerge } from './api/indices/forcemerge.ts';
import { getIndex } from './api/indices/get.ts';
import { getAlias } from './api/indices/get-alias.ts';
import { getDataStream } from './api/indices/get-data-stream.ts';
import { getFieldMapping } from './api/indices/get-field-mapping.ts';
import { getIndexTemplate } from './api/indices/get-index-template.ts';
import { getMapping, getMappingOfType } from './api/indices/get-mapping.ts';
import { getSettings } from './api/indices/get-settings.ts';
import { getTemplate } from './api/indices/get-template.ts';
import { openIndex } from './api/indices/open.ts';
import { putAlias } from './api/indices/put-alias.ts';
import { putIndexTemplate } from './api/indices/put-index-template.ts';
import { putMapping, putMappingOfType } from './api/indices/put-mapping.ts';
import { putSettings } from './api/indices/put-settings.ts';
import { putTemplate } from './api/indices/put-template.ts';
import { recovery } from './api/indices/recovery.ts';
import { refresh } from './api/indices/refresh.ts';
import { resolveIndex } from './api/indices/resolve-index.ts';
import { rollover } from './api/indices/rollover.ts';
import { segments } from './api/indices/segments.ts';
import { shardStores } from './api/indices/shard-stores.ts';
import { simulateIndexTemplate } from './api/indices/simulate-index-template.ts';
import { simulateTemplate } from './api/indices/simulate-template.ts';
import { indicesStats } from './api/indices/stats.ts';
import { updateAliases } from './api/indices/update-aliases.ts';
import { getUpgrade, upgrade } from './api/indices/upgrade.ts';
import { validateQuery } from './api/indices/validate-query.ts';
import { info } from './api/info.ts';
import { getPipeline } from './api/ingest/get-pipeline.ts';
import { license } from './api/license.ts';
import { mget } from './api/mget.ts';
import { msearch } from './api/msearch.ts';
import { mtermvectors } from './api/mtermvectors.ts';
import { hotThreads } from './api/nodes/hot-threads.ts';
import { nodesInfo } from './api/nodes/info.ts';
import { reloadSecureSettings } from './api/nodes/reload-secure-settings.ts';
import { nodesStats } from './api/nodes/stats.ts';
import { unofferedEndpoints } from './api/not-offered.ts';
import { openPointInTime } from './api/open-point-in-time.ts';
import { reindex } from './api/reindex.ts';
import { rethrottle } from './api/rethrottle.ts';
import { scroll } from './api/scroll.ts';
import { search } from './api/search.ts';
import { searchShards } from './api/search-shards.ts';
import { getRepository } from './api/snapshot/get-repository.ts';
import { snapshotStatus } from './api/snapshot/status.ts';
import { cancelTasks } from './api/tasks/cancel.ts';
import { getTask } from './api/tasks/get.ts';
import { listTasks } from './api/tasks/list.ts';
import { termvectors } from './api/termvectors.ts';
import { update } from './api/update.ts';
import { updateByQuery } from './api/update-by-query.ts';
import type { Endpoint } from './http/endpoint.ts';

/** Every API that the server has. */
export const endpoints: readonly Endpoint[] = [
  info,
  // Documents
  indexDocument,
  create,
  get,
  getSource,
  mget,
  termvectors,
  mtermvectors,
  update,
  deleteDocument,
  bulk,
  deleteByQuery,
  updateByQuery,
  reindex,
  rethrottle,
  // Search
  search,
  scroll,
  clearScroll,
  openPointInTime,
  closePointInTime,
  getAllPointsInTime,
  msearch,
  count,
  fieldCaps,
  validateQuery,
  explain,
  addBlock,
  analyze,
  // Indices
  createIndex,
  deleteIndex,
  getIndex,
  indexExists,
  typeExists,
  rollover,
  cloneIndex,
  openIndex,
  closeIndex,
  putMapping,
  putMappingOfType,
  getMapping,
  getMappingOfType,
  getFieldMapping,
  getSettings,
  putSettings,
  refresh,
  flush,
  flushSynced,
  forcemerge,
  clearCache,
  getAlias,
  putAlias,
  deleteAlias,
  updateAliases,
  putTemplate,
  getTemplate,
  deleteTemplate,
  putIndexTemplate,
  getIndexTemplate,
  deleteIndexTemplate,
  simulateIndexTemplate,
  simulateTemplate,
  putComponentTemplate,
  getComponentTemplate,
  deleteComponentTemplate,
  indicesStats,
  resolveIndex,
  recovery,
  getDataStream,
  segments,
  searchShards,
  shardStores,
  getUpgrade,
  upgrade,
  // Cluster and nodes
  clusterHealth,
  clusterStats,
  clusterState,
  getClusterSettings,
  putClusterSettings,
  pendingTasks,
  allocationExplain,
  reroute,
  postVotingConfigExclusions,
  deleteVotingConfigExclusions,
  listDanglingIndices,
  danglingIndex,
  hotThreads,
  nodesInfo,
  nodesStats,
  reloadSecureSettings,
  listTasks,
  getTask,
  cancelTasks,
  license,
  getRepository,
  snapshotStatus,
  getScript,
  remoteInfo,
  getPipeline,
  // Tables
  catHelp,
  catIndices,
  catHealth,
  catCount,
  catAliases,
  catNodes,
  catShards,
  catTemplates,
  catMaster,
  catAllocation,
  catTasks,
  catSegments,
  catRecovery,
  catThreadPool,
  catSnapshots,
  ...emptyTables,
  // What there is not
  ...unofferedEndpoints,
];
