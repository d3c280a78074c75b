import type { Command } from 'commander';
import { createTransport, type Transport } from '../ades/transport.ts';
import type { CommandContext } from '../command-context.ts';
import { usageError } from './usage-error.ts';

const DEFAULT_URL = 'http://127.0.0.1:5001';

/** What every command that asks an ADES is told. */
export interface ConnectionOptions {
  readonly url?: string;
}

/** Gives a command the option that says where the ADES is. */
export function addConnectionOption(command: Command): Command {
  return command.option('--url <URL>', `the ADES (default: DAYBOOK_URL, else ${DEFAULT_URL})`);
}

/** Where the ADES is: the option, else the variable, else this machine. Throws `invalid-argument` for what is no URL. */
export function adesUrl({ url }: ConnectionOptions, { environment }: Pick<CommandContext, 'environment'>): string {
  const named = [url, environment.DAYBOOK_URL, DEFAULT_URL].find((each) => each !== undefined && each !== '') as string;
  if (URL.canParse(named) && /^https?:/.test(named)) return named.replace(/\/+$/, '');
  const place = named === url ? '--url' : 'DAYBOOK_URL';
  throw usageError(`${place}: expected an http or https URL, found ${JSON.stringify(named)}`);
}

/** The ADES that the options and the environment name. */
export function connect(options: ConnectionOptions, context: CommandContext): Transport {
  return createTransport({
    url: adesUrl(options, context),
    signal: context.signal,
    notice: (text) => process.stderr.write(`daybook: ${text}\n`),
  });
}
