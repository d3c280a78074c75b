import { illegalArgument } from '../errors/errors.ts';

/** There are no ingest pipelines: whoever asks for one must not believe that it ran. */
export function checkPipeline(name: string | undefined): void {
  if (name === undefined || name === '' || name === '_none') return;
  throw illegalArgument(`pipeline with id [${name}] does not exist`);
}
