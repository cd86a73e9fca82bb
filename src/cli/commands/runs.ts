import type { Command } from 'commander';
import { TASK_IDS } from '../../pipeline/dag.js';
import { readRunLog } from '../../pipeline/run-log.js';
import { listRecords, loadRecord } from '../../pipeline/run-record.js';
import { printJson, printLines, printTable } from '../output.js';
import { type AddCommand, type CommonOptions, homeOf, withCommon, withJson } from './common.js';

type Options = CommonOptions & { readonly json?: boolean };

/** `segue runs list|show|log`. */
export const addRuns: AddCommand = (program, { io }) => {
  const runs = program.command('runs').description('what the pipeline did');

  const list: Command = runs.command('list').description('all runs, the newest first');
  withJson(withCommon(list)).action(async (options: Options) => {
    const records = await listRecords(homeOf(options));
    if (options.json) return printJson(io, records);
    if (records.length === 0) return printLines(io, 'No runs yet. Start one: segue run --source <file>');
    printTable(
      io,
      ['run', 'state', 'version', 'k', 'source'],
      records.map(({ run, state, version, options: { k, source } }) => [
        run,
        state,
        version ?? '',
        String(k),
        source,
      ]),
    );
  });

  const log: Command = runs.command('log <run>').description('what its tasks did, line by line');
  withJson(withCommon(log)).action(async (run: string, options: Options) => {
    const home = homeOf(options);
    await loadRecord(home, run);
    const lines = await readRunLog(home, run);
    if (options.json) return printJson(io, lines);
    printLines(
      io,
      ...lines.map(({ time, task, event, text }) => `${time}  ${task.slice(0, 2)}  ${event}  ${text}`),
    );
  });

  const show: Command = runs.command('show <run>').description('one run: its tasks, times and outcome');
  withJson(withCommon(show)).action(async (run: string, options: Options) => {
    const record = await loadRecord(homeOf(options), run);
    if (options.json) return printJson(io, record);
    printLines(io, `${record.run}: ${record.state}`, `source: ${record.options.source}`, '');
    printTable(
      io,
      ['task', 'state', 'seconds', 'summary'],
      TASK_IDS.map((id) => {
        const { state, seconds, summary } = record.tasks[id];
        return [id, state, seconds?.toFixed(1) ?? '', summary ?? ''];
      }),
    );
  });
};
