export { type BuiltMessage, buildMessage } from './build-message.ts';
export {
  type Environment,
  type ParsedArguments,
  parseArguments,
  type UpdateJobArguments,
  USAGE,
} from './parse-arguments.ts';
export { type ProgramContext, run } from './run.ts';
