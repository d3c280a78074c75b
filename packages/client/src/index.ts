export { type ClientCommand, clientCommands } from './client-commands.ts';
export type { CommandContext } from './command-context.ts';
export { EXIT, exitCodeOf } from './exit-codes.ts';
