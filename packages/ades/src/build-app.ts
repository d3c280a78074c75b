import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import type { AdesContext } from './ades-context.ts';
import { answerHtml } from './html/answer-html.ts';
import type { AdesApp } from './http/ades-app.ts';
import { addLinks } from './http/api-links.ts';
import { compileValidator } from './http/compile-validator.ts';
import { documentAnswers } from './http/document-answers.ts';
import { tolerateEmptyExpect } from './http/expect-header.ts';
import { guardOrigin, type OriginPolicy } from './http/guard-origin.ts';
import { handleErrors } from './http/handle-errors.ts';
import { acceptJsonBodies, acceptTextBodies, parseJsonBodies } from './http/parse-bodies.ts';
import { refuseOtherMethods } from './http/refuse-other-methods.ts';
import { CWL_MEDIA_TYPES } from './processes/cwl-media-type.ts';
import { PACKAGE_MEDIA_TYPE } from './processes/ogc-package-deploy.ts';
import { changeJob } from './routes/change-job.ts';
import { deploy } from './routes/deploy.ts';
import { dismiss } from './routes/dismiss.ts';
import { execute } from './routes/execute.ts';
import { executeBatch } from './routes/execute-batch.ts';
import { getApi } from './routes/get-api.ts';
import { getCampaign } from './routes/get-campaign.ts';
import { getCampaigns } from './routes/get-campaigns.ts';
import { getConformanceClasses } from './routes/get-conformance-classes.ts';
import { getGraph } from './routes/get-graph.ts';
import { getHealth } from './routes/get-health.ts';
import { getJobEvents } from './routes/get-job-events.ts';
import { getJobs } from './routes/get-jobs.ts';
import { getLandingPage } from './routes/get-landing-page.ts';
import { getLog } from './routes/get-log.ts';
import { getLogs } from './routes/get-logs.ts';
import { getOperation } from './routes/get-operation.ts';
import { getOperations } from './routes/get-operations.ts';
import { getOutput } from './routes/get-output.ts';
import { getPackage } from './routes/get-package.ts';
import { getProcessDescription } from './routes/get-process-description.ts';
import { getProcesses } from './routes/get-processes.ts';
import { getQueues } from './routes/get-queues.ts';
import { getResults } from './routes/get-results.ts';
import { getStatus } from './routes/get-status.ts';
import { getUpdates } from './routes/get-updates.ts';
import { postOperation } from './routes/post-operation.ts';
import { postSearch } from './routes/post-search.ts';
import { replace } from './routes/replace.ts';
import { undeploy } from './routes/undeploy.ts';
import { wpsTDismiss } from './routes/wps-t/dismiss.ts';
import { wpsTExecute } from './routes/wps-t/execute.ts';
import { wpsTGetJobs } from './routes/wps-t/get-jobs.ts';
import { wpsTGetResult } from './routes/wps-t/get-result.ts';
import { wpsTGetStatus } from './routes/wps-t/get-status.ts';

/** Process and job ids in paths; longer ones exist nowhere. */
const MAX_PARAM_LENGTH = 1_024;

/** For receiving a request, its body included; what a handler takes does not count. */
const REQUEST_TIMEOUT_MS = 60_000;

/** The documentation's own pages, and the API called from them; no `upgrade-insecure-requests`, as most servers speak plain HTTP. */
const DOCS_CSP =
  "default-src 'self'; base-uri 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; object-src 'none'; frame-ancestors 'self'";

/** Builds the web server with all routes; it listens to nothing yet. */
export async function buildApp(
  context: AdesContext,
  origins: OriginPolicy,
  log: FastifyBaseLogger | undefined,
): Promise<AdesApp> {
  const app: AdesApp = Fastify({
    ...(log === undefined ? { logger: false } : { loggerInstance: log }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: context.limits.maxBodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    forceCloseConnections: 'idle',
  });
  app.setValidatorCompiler(compileValidator);
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  tolerateEmptyExpect(app.server);
  parseJsonBodies(app);
  handleErrors(app);
  guardOrigin(app, origins);
  await app.register(swagger, {
    transform: documentAnswers,
    transformObject: (documented) => ('openapiObject' in documented ? addLinks(documented.openapiObject) : {}),
    openapi: {
      openapi: '3.0.3',
      info: { title: 'Daybook ADES', description: 'WPS-T and OGC API – Processes', version: '1.0' },
      ...(context.publicUrl !== undefined && { servers: [{ url: context.publicUrl }] }),
    },
  });
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: DOCS_CSP });
  const refuseOthers = refuseOtherMethods(app);
  answerHtml(app, context);
  await app.register(async (scope) => addDeployRoutes(scope, context));
  await app.register(async (scope) => executeBatch(scope, context));
  addRoutes(app, context);
  refuseOthers();
  await app.ready();
  return app;
}

/** In a scope of their own, as they take more media types than the others. */
function addDeployRoutes(app: AdesApp, context: AdesContext): void {
  acceptJsonBodies(app, [PACKAGE_MEDIA_TYPE]);
  acceptTextBodies(app, CWL_MEDIA_TYPES);
  deploy(app, context);
  replace(app, context);
}

function addRoutes(app: AdesApp, context: AdesContext): void {
  getLandingPage(app, context);
  getApi(app, context);
  getConformanceClasses(app);
  getHealth(app, context);
  for (const add of [getProcesses, getProcessDescription, getPackage, getGraph, undeploy, execute]) add(app, context);
  for (const add of [wpsTGetJobs, wpsTExecute, wpsTGetStatus, wpsTDismiss, wpsTGetResult]) add(app, context);
  for (const add of [
    getJobs,
    getJobEvents,
    getUpdates,
    getStatus,
    changeJob,
    dismiss,
    getResults,
    getOutput,
    getLogs,
    getLog,
  ])
    add(app, context);
  for (const add of [postOperation, getOperation, getOperations, postSearch]) add(app, context);
  for (const add of [getCampaign, getCampaigns, getQueues]) add(app, context);
}
