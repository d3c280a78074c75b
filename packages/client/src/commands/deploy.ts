import { readFile } from 'node:fs/promises';
import { parse as parsePath, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DaybookError, isDaybookError } from '@daybook/errors';
import type { Command } from 'commander';
import { type DeployRequest, deployProcess, replaceProcess } from '../ades/processes.ts';
import type { Transport } from '../ades/transport.ts';
import type { CommandContext } from '../command-context.ts';
import { addConnectionOption, adesUrl, type ConnectionOptions, connect } from '../options/connection.ts';
import { usageError } from '../options/usage-error.ts';
import { print } from '../rendering/print.ts';

interface Options extends ConnectionOptions {
  readonly id?: string;
  readonly version?: string;
  readonly workflow?: string;
  readonly replace?: boolean;
}

/** What the process is called. */
type Named = { readonly [Name in 'id' | 'version' | 'workflow']: string | undefined };

/** `daybook deploy FILE|URL` */
export function configure(command: Command, context: CommandContext): void {
  addConnectionOption(command)
    .argument('<document>', 'a CWL document: a file, or a URL that the ADES can read')
    .option('--id <ID>', 'what the process is called (default: as its document, or the name of its file)')
    .option('--version <VERSION>', 'its version; it is then called ID:VERSION')
    .option('-w, --workflow <NAME>', 'which process of a document with several')
    .option('--replace', 'in the place of the process of that ID, where there is one')
    .action(async (document: string, options: Options) => {
      const deploy = deployer(connect(options, context), options);
      const named = { id: versioned(options), version: options.version, workflow: options.workflow };
      const id = /^[a-z][a-z\d+.-]+:\/\//i.test(document)
        ? await deploy(byUrl(document, named))
        : await deployFile(deploy, document, named, isHere(adesUrl(options, context)));
      print(`${id}\n`);
    });
}

/** Sends a deploy request, and gives the id of the process. */
type Deploy = (request: DeployRequest) => Promise<string>;

function deployer(ades: Transport, options: Options): Deploy {
  if (options.replace !== true) return (request) => deployProcess(ades, request);
  const id = versioned(options);
  if (id === undefined) throw usageError('--replace: expected --id beside it');
  return (request) => replaceProcess(ades, id, request);
}

/** The convention of WPS-T, by which several versions stand side by side. */
function versioned({ id, version }: Options): string | undefined {
  if (version === undefined) return id;
  if (id === undefined) throw usageError('--version: expected --id beside it');
  return `${id}:${version}`;
}

/** An ADES on this machine may read the file where it is, with all that it runs beside it; any other is sent the text. */
async function deployFile(deploy: Deploy, path: string, named: Named, isHere: boolean): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new DaybookError('not-found', `${path}: cannot be read (${error.code}); expected a CWL document or its URL`);
  });
  try {
    if (isHere) return await deploy(byUrl(pathToFileURL(resolve(path)).href, named));
  } catch (error) {
    if (!isDaybookError(error, 'forbidden')) throw error;
  }
  try {
    return await deploy(byText(text, { ...named, id: named.id ?? (await nameFor(text, path)) }));
  } catch (error) {
    if (!isDaybookError(error) || !error.message.includes('inline.invalid')) throw error;
    const message = `${path} runs other documents, which the ADES cannot read: deploy it by a URL, or start the ADES with --cwl-roots`;
    throw new DaybookError(error.code, message, { cause: error });
  }
}

/** The name of the file for a document that has none; undefined for one that has. */
async function nameFor(text: string, path: string): Promise<string | undefined> {
  const yaml = await import('yaml');
  const { contents } = yaml.parseDocument(text);
  const isNamed = yaml.isMap(contents) && (contents.has('id') || contents.has('$graph'));
  return isNamed ? undefined : parsePath(path).name;
}

function isHere(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

function byUrl(href: string, named: Named): DeployRequest {
  return packageOf({ href, type: 'application/cwl' }, named);
}

function byText(text: string, named: Named): DeployRequest {
  if (named.id === undefined) return { mediaType: 'application/cwl', body: text, workflow: named.workflow };
  return packageOf({ value: text, mediaType: 'application/cwl' }, named);
}

function packageOf(executionUnit: Readonly<Record<string, string>>, { id, version, workflow }: Named): DeployRequest {
  const processDescription = { ...(id !== undefined && { id }), ...(version !== undefined && { version }) };
  return {
    mediaType: 'application/ogcapppkg+json',
    body: JSON.stringify({ processDescription, executionUnit }),
    workflow,
  };
}
