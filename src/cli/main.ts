import { Command, CommanderError } from 'commander';
import { EXIT, SegueError, toSegueError } from '../core/errors.js';
import { segueVersion } from '../core/version.js';
import type { AddCommand } from './commands/common.js';
import { errorAsJson, type Io, printError, printJson } from './output.js';
import { putBehind } from './settings/behind.js';
import { type Configuration, NO_CONFIGURATION, readConfiguration } from './settings/configuration.js';

/** Each in a module of its own, loaded when it is asked for: `segue predict` need not wait for the training code. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  demo: async () => (await import('./commands/demo.js')).addDemo,
  up: async () => (await import('./commands/up.js')).addUp,
  run: async () => (await import('./commands/run.js')).addRun,
  replay: async () => (await import('./commands/replay.js')).addReplay,
  task: async () => (await import('./commands/task.js')).addTask,
  serve: async () => (await import('./commands/serve.js')).addServe,
  predict: async () => (await import('./commands/predict.js')).addPredict,
  assign: async () => (await import('./commands/assign.js')).addAssign,
  drift: async () => (await import('./commands/drift.js')).addDrift,
  models: async () => (await import('./commands/models.js')).addModels,
  segments: async () => (await import('./commands/segments.js')).addSegments,
  runs: async () => (await import('./commands/runs.js')).addRuns,
  'log-level': async () => (await import('./commands/log-level.js')).addLogLevel,
  drill: async () => (await import('./commands/drill.js')).addDrill,
  config: async () => (await import('./commands/config.js')).addConfig,
  prune: async () => (await import('./commands/prune.js')).addPrune,
  notices: async () => (await import('./commands/notices.js')).addNotices,
  keys: async () => (await import('./commands/keys.js')).addKeys,
  export: async () => (await import('./commands/export.js')).addExport,
  costs: async () => (await import('./commands/costs.js')).addCosts,
  generate: async () => (await import('./commands/generate.js')).addGenerate,
};

/**
 * Runs one command line.
 *
 * @param argv as `process.argv`: the first two entries are passed over
 * @returns the exit status: 0 done or promoted, 3 refused by the gate, 2 wrong usage or unusable input, 1 anything else
 */
export async function main(argv: readonly string[], io: Io = process): Promise<number> {
  let exitCode: number = EXIT.promoted;
  const program = newProgram(io);
  unsetEmpty(process.env);
  const exit = (code: number): void => {
    exitCode = code;
  };
  let undo: (() => void) | undefined;
  try {
    const configuration = await configurationFor(argv);
    if (argv[2] !== 'config') undo = useConfiguration(configuration);
    for (const add of await commandsFor(argv)) add(program, { io, exit, configuration });
    await program.parseAsync(argv);
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT.promoted;
    if (thrown instanceof CommanderError && thrown.code === 'commander.help') return EXIT.usage;
    const error = thrown instanceof CommanderError ? usageError(thrown) : toSegueError(thrown);
    if (argv.includes('--json')) printJson(io, errorAsJson(error));
    printError(io, error, argv.includes('--verbose'));
    return error.exitCode;
  } finally {
    undo?.();
  }
}

/** Help needs no settings, and shows how to mend them. */
async function configurationFor(argv: readonly string[]): Promise<Configuration> {
  const [, , command = '', ...rest] = argv;
  const helps = !Object.hasOwn(COMMANDS, command) || rest.includes('--help') || rest.includes('-h');
  return helps ? NO_CONFIGURATION : readConfiguration(rest, process.env);
}

/** @throws SegueError SEGUE_CONFIG_INVALID for the first fault; `segue config check` tells all of them */
function useConfiguration(configuration: Configuration): () => void {
  const [fault] = configuration.faults;
  if (fault !== undefined) throw fault;
  return putBehind(process.env, configuration);
}

/** The program with all of its commands, as the reference pages tell of it. */
export async function wholeProgram(io: Io): Promise<Command> {
  const program = newProgram(io);
  for (const add of await commandsFor([]))
    add(program, { io, exit: () => {}, configuration: NO_CONFIGURATION });
  return program;
}

function newProgram(io: Io): Command {
  return new Command('segue')
    .description('Segments of a music catalogue: clean, train, judge, register, serve.')
    .version(segueVersion())
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: () => {}, // main prints errors, in one form for all
    })
    .exitOverride();
}

/** The command that the line begins with, none to tell the version, or all of them for help and for what is no command. */
async function commandsFor(argv: readonly string[]): Promise<AddCommand[]> {
  if (argv[2] === '--version' || argv[2] === '-V') return [];
  const load = Object.entries(COMMANDS).find(([name]) => name === argv[2])?.[1];
  return Promise.all(load === undefined ? Object.values(COMMANDS).map((each) => each()) : [load()]);
}

/** A variable without a value is not set: what `NAME=` in an env file, or a container without a value for it, means. */
function unsetEmpty(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) {
    if (name.startsWith('SEGUE_') && env[name] === '') delete env[name];
  }
}

function usageError(thrown: CommanderError): SegueError {
  const what = thrown.message
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    .replaceAll(/\s+/g, ' ');
  return new SegueError('SEGUE_USAGE', { what, mend: 'Add --help to the command to see what it takes.' });
}
