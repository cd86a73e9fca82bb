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
  readonly rows: readonly (readonly [title: string, panels: readonly Builder<Panel>[]])[];
}

const TAG = 'segue';

/** A dashboard of Segue: for one job, with links to the others and a mark where a model was promoted. */
export function dashboard({ uid, title, description, from, rows }: DashboardText): Dashboard {
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
        .target(
          new DataqueryBuilder()
            .expr('changes(segue_model_promoted_timestamp_seconds{job="$job"}[2m]) > 0')
            .refId('A'),
        ),
    );
  for (const [row, panels] of rows) {
    builder.withRow(new RowBuilder(row));
    for (const panel of panels) builder.withPanel(panel);
  }
  return builder.build();
}
