import { type Builder, type Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type Panel,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as StateTimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

/** Uid of the data source that is provisioned beside the dashboards. */
export const DATA_SOURCE = { type: 'prometheus', uid: 'segue-prometheus' };

/** What every panel has. `$job` in an expression is the variable of its dashboard. */
export interface PanelText {
  /** A question that somebody on call asks. */
  readonly title: string;
  /** How to read it, and what a bad value means. */
  readonly description: string;
  /** Grafana's id of the unit: `s`, `percentunit`, `reqps`, `short`, `bytes`. */
  readonly unit: string;
  /** Expression and name of each series. */
  readonly series: readonly (readonly [expr: string, legend: string])[];
  /** Where a rule of Prometheus begins to alert, and its name: the panel links to its runbook. */
  readonly limit?: number;
  readonly alert?: string;
  /** Columns of 24. */
  readonly span: number;
  readonly min?: number;
  readonly decimals?: number;
}

const HEIGHT = 8;

/** Lines over time. */
export function lines(text: PanelText): Builder<Panel> {
  const { series, limit, min } = text;
  const panel = new TimeSeriesBuilder()
    .title(text.title)
    .description(describe(text))
    .datasource(DATA_SOURCE)
    .unit(text.unit)
    .span(text.span)
    .height(HEIGHT)
    .lineWidth(2)
    .fillOpacity(5)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(series.length > 1 || series.some(([, legend]) => legend.includes('{{'))),
    )
    .targets(targets(series));
  if (min !== undefined) panel.min(min);
  if (text.decimals !== undefined) panel.decimals(text.decimals);
  if (limit !== undefined)
    panel
      .thresholds(thresholds([{ value: limit, color: 'red' }]))
      .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  return panel;
}

/** One figure, now. */
export function figure(text: PanelText): Builder<Panel> {
  const panel = new StatBuilder()
    .title(text.title)
    .description(describe(text))
    .datasource(DATA_SOURCE)
    .unit(text.unit)
    .span(text.span)
    .height(HEIGHT / 2)
    .noValue('no data')
    .targets(targets(text.series));
  if (text.decimals !== undefined) panel.decimals(text.decimals);
  if (text.limit !== undefined) panel.thresholds(thresholds([{ value: text.limit, color: 'red' }]));
  return panel;
}

/** States over time, a row for each series. */
export function states(text: PanelText, mappings: readonly ValueMapping[]): Builder<Panel> {
  return new StateTimelineBuilder()
    .title(text.title)
    .description(describe(text))
    .datasource(DATA_SOURCE)
    .span(text.span)
    .height(HEIGHT * 1.5)
    .mappings([...mappings])
    .targets(targets(text.series));
}

function describe({ description, alert }: PanelText): string {
  return alert === undefined ? description : `${description} Runbook: docs/runbooks/${alert}.md.`;
}

function targets(series: PanelText['series']): Builder<Dataquery>[] {
  return series.map(([expr, legend], i) =>
    new DataqueryBuilder()
      .datasource(DATA_SOURCE)
      .expr(expr)
      .legendFormat(legend)
      .refId(String.fromCodePoint('A'.codePointAt(0)! + i)),
  );
}

function thresholds(steps: readonly Threshold[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: 'green' }, ...steps]);
}
