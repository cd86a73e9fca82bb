import type { Cluster } from '../../engine/cluster.js';
import { value } from '../cells.js';
import { codeOf, idOfEqualRow, repeatedIdDetail, repeatedIdsSql } from '../repeated-rows.js';
import { DETAIL, FILE, REASON, stagedColumns, TEST, testSql } from '../stage.js';
import type { ClusterCatalogue } from './stage-catalogue.js';
import { LINE, POSITION, RAW } from './staged.js';
import type { ClusterStaging } from './staging.js';

const TRACK_ID = value('track_id');

/**
 * Applies the rules that need more than one row, as `rejectRepeatedRows` does on this machine.
 *
 * @returns a relation of all rows, each with its final reason
 */
export async function judgeCatalogue(
  staging: ClusterStaging,
  { staged, files }: ClusterCatalogue,
  rowLimit: number | undefined,
): Promise<string> {
  const { cluster, work, rules } = staging;
  const withoutId = files.flatMap((file, i) =>
    file === undefined || file.mapping.positions.has('track_id') ? [] : [i],
  );
  const identified = withoutId.length === 0 ? staged : await tellEqualRowsApart(staging, staged, withoutId);
  await cluster.write(repeatedIdsSql(identified, POSITION), `${work}/repeated`);
  const repeated = await cluster.parquet([`${work}/repeated`]);
  const [ids] = await cluster.rows(`SELECT count(*) AS ids FROM ${repeated}`);
  const unique =
    Number(ids!['ids']) === 0
      ? identified
      : withReason(
          staging,
          `(SELECT s.*, r.kept AS "#kept" FROM ${identified} AS s LEFT JOIN ${repeated} AS r ON s.${TRACK_ID} = r.${TRACK_ID})`,
          `${POSITION} > "#kept"`,
          codeOf(rules, 'duplicate_track_id'),
          repeatedIdDetail(TRACK_ID),
        );
  if (rowLimit === undefined) return unique;
  const last = await lastWithin(cluster, unique, rowLimit);
  if (last === undefined) return unique;
  return withReason(staging, unique, `${POSITION} > ${last}`, codeOf(rules, 'row_limit'), DETAIL);
}

/** Rejects rows that passed all rules so far and for which the condition holds. */
function withReason(
  { contract }: ClusterStaging,
  from: string,
  condition: string,
  code: number,
  detail: string,
): string {
  const fails = `${REASON} = 0 AND ${condition}`;
  return `(SELECT ${untouched(contract, [])}, CASE WHEN ${fails} THEN ${code} ELSE ${REASON} END AS ${REASON},
    CASE WHEN ${fails} THEN ${detail} ELSE ${DETAIL} END AS ${DETAIL} FROM ${from})`;
}

/** Place of the last of the first rows that are kept; undefined if there are no more of them. */
async function lastWithin(cluster: Cluster, from: string, limit: number): Promise<bigint | undefined> {
  const [found] = await cluster.rows(`
    SELECT max(${POSITION}) AS last FROM (SELECT ${POSITION} FROM ${from} WHERE ${REASON} = 0 ORDER BY ${POSITION} LIMIT ${limit})`);
  const [beyond] = await cluster.rows(`SELECT count(*) AS rows FROM ${from} WHERE ${REASON} = 0`);
  return Number(beyond!['rows']) <= limit ? undefined : BigInt(String(found!['last']));
}

/** Gives equal rows of files without ids an id each, and with it a side. */
async function tellEqualRowsApart(
  { cluster, work, contract, split }: ClusterStaging,
  staged: string,
  files: readonly number[],
): Promise<string> {
  const among = `(${REASON} = 0 AND ${FILE} IN (${files.join(', ')}))`;
  const numbered = `(
    SELECT *, row_number() OVER (PARTITION BY ${TRACK_ID}, ${among} ORDER BY ${POSITION}) - 1 AS occurrence FROM ${staged})`;
  const id = `CASE WHEN ${among} AND occurrence > 0 THEN ${idOfEqualRow(TRACK_ID)} ELSE ${TRACK_ID} END`;
  await cluster.write(
    `SELECT ${untouched(contract, [TEST])}, ${testSql(split)} AS ${TEST}, ${REASON}, ${DETAIL}
    FROM (SELECT ${untouched(contract, [TRACK_ID, TEST])}, ${REASON}, ${DETAIL}, ${id} AS ${TRACK_ID} FROM ${numbered})`,
    `${work}/identified`,
  );
  return cluster.parquet([`${work}/identified`]);
}

/** All columns but reason, detail and those named. */
function untouched(contract: ClusterStaging['contract'], but: readonly string[]): string {
  const columns = [FILE, LINE, POSITION, RAW, ...stagedColumns(contract)];
  return columns.filter((name) => ![REASON, DETAIL, ...but].includes(name)).join(', ');
}
