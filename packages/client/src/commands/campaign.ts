import type { Command } from 'commander';
import { type Campaign, getCampaign } from '../ades/campaigns.ts';
import { followChanges } from '../ades/changes.ts';
import type { CommandContext } from '../command-context.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { CLEAR, json, print } from '../rendering/print.ts';
import { renderCampaign } from '../rendering/render-campaign.ts';
import { styleOf } from '../rendering/style.ts';

const LEAST_MS = 1_000;
const POLL_MS = 2_000;

interface Options extends ConnectionOptions {
  readonly watch?: boolean;
  readonly json?: boolean;
}

/** `daybook campaign LABEL` */
export function configure(command: Command, context: CommandContext): void {
  addConnectionOption(command)
    .argument('<label>', 'the label that its jobs have')
    .option('--watch', 'show it again when its jobs change, until they have ended')
    .option('--json', 'as the ADES gives it')
    .action(async (label: string, options: Options) => {
      const ades = connect(options, context);
      const style = styleOf(process.stdout, context.environment);
      const render = (campaign: Campaign): string =>
        options.json === true ? json(campaign) : renderCampaign(campaign, style, process.stdout.columns);
      if (options.watch !== true) {
        print(render(await getCampaign(ades, label)));
        return;
      }
      const changes = await followChanges(ades, new URLSearchParams({ label, initial: 'false' }), context.signal);
      try {
        for (;;) {
          const campaign = await getCampaign(ades, label);
          print(`${process.stdout.isTTY ? CLEAR : ''}${render(campaign)}`);
          if (campaign.open === 0) return;
          await changes.next({ leastMs: LEAST_MS, pollMs: POLL_MS });
        }
      } finally {
        changes.close();
      }
    });
}
