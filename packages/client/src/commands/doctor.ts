import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';
import { EXIT } from '../exit-codes.ts';
import { addConnectionOption, adesUrl, type ConnectionOptions, connect } from '../options/connection.ts';
import { json, print } from '../rendering/print.ts';
import { safeText } from '../rendering/safe-text.ts';
import { styleOf, type Tint } from '../rendering/style.ts';

const TINTS: Readonly<Record<Finding['level'], Tint>> = { ok: 'green', warn: 'yellow', fail: 'red' };

/** `daybook doctor` */
export function configure(command: Command, context: CommandContext): void {
  addConnectionOption(command)
    .option('--json', 'the findings as JSON')
    .action(async (options: ConnectionOptions & { readonly json?: boolean }) => {
      const findings = await examine(connect(options, context), adesUrl(options, context), context.version);
      if (findings.some(({ level }) => level === 'fail')) process.exitCode = EXIT.failure;
      if (options.json === true) return print(json(findings));
      const style = styleOf(process.stdout, context.environment);
      const width = Math.max(...findings.map(({ subject }) => subject.length));
      for (const { level, subject, text } of findings) {
        print(`${style(TINTS[level], level.padEnd(4))}  ${subject.padEnd(width)}  ${safeText(text)}\n`);
      }
    });
}
