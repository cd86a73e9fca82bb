import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type Panel,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { DATA_SOURCE } from './panels.js';

export interface DashboardText {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** Grafana's: `now-6h`. */
  readonly from: string;
  /** Variables beside `$job`: names and the queries that list their values. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly [title: string, panels: readonly Builder<Panel>[]])[];
}

const TAG = 'segue';

/** When the version that answers was promoted, milliseconds. Changes of it would fall between the points of a month. */
const PROMOTIONS =
  'max by (version) (1000 * segue_model_promoted_timestamp_seconds{job="$job"} * on (job, instance) group_right () segue_model_info)';

/** A dashboard of Segue: for one job, with links to the others and a mark where a model was promoted. */
export function dashboard({ uid, title, description, from, variables = {}, rows }: DashboardText): Dashboard {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([TAG])
    .timezone('browser')
    .time({ from, to: 'now' })
    .refresh('1m')
    .tooltip(DashboardCursorSync.Crosshair)
    .link(
      new DashboardLinkBuilder('Segue')
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .keepTime(true)
        .includeVars(true),
    )
    .withVariable(
      new QueryVariableBuilder('job')
        .label('service')
        .datasource(DATA_SOURCE)
        .query('label_values(segue_build_info, job)')
        .refresh(VariableRefresh.OnDashboardLoad),
    )
    .annotation(
      new AnnotationQueryBuilder()
        .name('promotions')
        .datasource(DATA_SOURCE)
        .enable(true)
        .iconColor('blue')
        .target(new DataqueryBuilder().datasource(DATA_SOURCE).expr(PROMOTIONS).range().refId('A'))
        .useValueForTime(true)
        .titleFormat('{{version}} into production'),
    );
  for (const [name, query] of Object.entries(variables))
    builder.withVariable(
      new QueryVariableBuilder(name)
        .datasource(DATA_SOURCE)
        .query(query)
        .refresh(VariableRefresh.OnTimeRangeChanged),
    );
  for (const [row, panels] of rows) {
    builder.withRow(new RowBuilder(row));
    for (const panel of panels) builder.withPanel(panel);
  }
  const built = builder.build();
  return { ...built, panels: (built.panels ?? []).map((panel, i) => ({ ...panel, id: i + 1 })) };
}
