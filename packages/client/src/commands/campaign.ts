import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { type Campaign, getCampaign } from '../ades/campaigns.ts';
import type { CommandContext } from '../command-context.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { CLEAR, json, print } from '../rendering/print.ts';
import { renderCampaign } from '../rendering/render-campaign.ts';
import { styleOf } from '../rendering/style.ts';

const WATCH_MS = 2_000;

interface Options extends ConnectionOptions {
  readonly watch?: boolean;
  readonly json?: boolean;
}

/** `daybook campaign LABEL` */
export function configure(command: Command, context: CommandContext): void {
  addConnectionOption(command)
    .argument('<label>', 'the label that its jobs have')
    .option('--watch', 'show it again every two seconds, until its jobs have ended')
    .option('--json', 'as the ADES gives it')
    .action(async (label: string, options: Options) => {
      const ades = connect(options, context);
      const style = styleOf(process.stdout, context.environment);
      const render = (campaign: Campaign): string =>
        options.json === true ? json(campaign) : renderCampaign(campaign, style, process.stdout.columns);
      for (;;) {
        const campaign = await getCampaign(ades, label);
        print(`${options.watch === true && process.stdout.isTTY ? CLEAR : ''}${render(campaign)}`);
        if (options.watch !== true || campaign.open === 0) return;
        await delay(WATCH_MS, undefined, { signal: context.signal });
      }
    });
}
