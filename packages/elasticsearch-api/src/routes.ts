import { bulk } from './api/bulk.ts';
import { catAliases } from './api/cat/aliases.ts';
import { catAllocation } from './api/cat/allocation.ts';
import { catCount } from './api/cat/count.ts';
import { catHealth } from './api/cat/health.ts';
import { catHelp } from './api/cat/help.ts';
import { catIndices } from './api/cat/indices.ts';
import { catMaster } from './api/cat/master.ts';
import { catNodes } from './api/cat/nodes.ts';
import { catShards } from './api/cat/shards.ts';
import { catTemplates } from './api/cat/templates.ts';
import { clearScroll } from './api/clear-scroll.ts';
import { closePointInTime } from './api/close-point-in-time.ts';
import { clusterHealth } from './api/cluster/health.ts';
import { pendingTasks } from './api/cluster/pending-tasks.ts';
import { getClusterSettings, putClusterSettings } from './api/cluster/settings.ts';
import { clusterState } from './api/cluster/state.ts';
import { clusterStats } from './api/cluster/stats.ts';
import { count } from './api/count.ts';
import { create } from './api/create.ts';
import { deleteDocument } from './api/delete.ts';
import { deleteByQuery } from './api/delete-by-query.ts';
import { emptyCollections } from './api/empty-collections.ts';
import { explain } from './api/explain.ts';
import { fieldCaps } from './api/field-caps.ts';
import { get } from './api/get.ts';
import { getSource } from './api/get-source.ts';
import { indexDocument } from './api/index-document.ts';
import { clearCache, flush, forcemerge, refresh } from './api/indices/broadcast.ts';
import { cloneIndex } from './api/indices/clone.ts';
import {
  deleteComponentTemplate,
  getComponentTemplate,
  putComponentTemplate,
} from './api/indices/component-template.ts';
import { createIndex } from './api/indices/create.ts';
import { deleteIndex } from './api/indices/delete.ts';
import { deleteAlias } from './api/indices/delete-alias.ts';
import { indexExists } from './api/indices/exists.ts';
import { getIndex } from './api/indices/get.ts';
import { getAlias } from './api/indices/get-alias.ts';
import { getDataStream } from './api/indices/get-data-stream.ts';
import { getFieldMapping } from './api/indices/get-field-mapping.ts';
import { getMapping } from './api/indices/get-mapping.ts';
import { getSettings } from './api/indices/get-settings.ts';
import {
  deleteIndexTemplate,
  getIndexTemplate,
  putIndexTemplate,
  simulateIndexTemplate,
} from './api/indices/index-template.ts';
import { deleteTemplate, getTemplate, putTemplate } from './api/indices/legacy-template.ts';
import { closeIndex, openIndex } from './api/indices/open-close.ts';
import { putAlias } from './api/indices/put-alias.ts';
import { putMapping } from './api/indices/put-mapping.ts';
import { putSettings } from './api/indices/put-settings.ts';
import { recovery } from './api/indices/recovery.ts';
import { resolveIndex } from './api/indices/resolve-index.ts';
import { indicesStats } from './api/indices/stats.ts';
import { updateAliases } from './api/indices/update-aliases.ts';
import { validateQuery } from './api/indices/validate-query.ts';
import { info } from './api/info.ts';
import { license } from './api/license.ts';
import { mget } from './api/mget.ts';
import { msearch } from './api/msearch.ts';
import { nodesInfo } from './api/nodes/info.ts';
import { nodesStats } from './api/nodes/stats.ts';
import { openPointInTime } from './api/open-point-in-time.ts';
import { reindex } from './api/reindex.ts';
import { scroll } from './api/scroll.ts';
import { search } from './api/search.ts';
import { getTask, listTasks } from './api/tasks.ts';
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
  update,
  deleteDocument,
  bulk,
  deleteByQuery,
  updateByQuery,
  reindex,
  // Search
  search,
  scroll,
  clearScroll,
  openPointInTime,
  closePointInTime,
  msearch,
  count,
  fieldCaps,
  validateQuery,
  explain,
  // Indices
  createIndex,
  deleteIndex,
  getIndex,
  indexExists,
  cloneIndex,
  openIndex,
  closeIndex,
  putMapping,
  getMapping,
  getFieldMapping,
  getSettings,
  putSettings,
  refresh,
  flush,
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
  putComponentTemplate,
  getComponentTemplate,
  deleteComponentTemplate,
  indicesStats,
  resolveIndex,
  recovery,
  getDataStream,
  // Cluster and nodes
  clusterHealth,
  clusterStats,
  clusterState,
  getClusterSettings,
  putClusterSettings,
  pendingTasks,
  nodesInfo,
  nodesStats,
  listTasks,
  getTask,
  license,
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
  ...emptyCollections,
];
