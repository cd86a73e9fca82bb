import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueGraphMode,
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

/** What is worse lies beyond. */
export interface Limit {
  readonly above?: number;
  readonly below?: number;
}

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
  /** Where a rule of Prometheus begins to alert, and its name: the panel names its runbook. */
  readonly limit?: Limit;
  readonly alert?: string;
  /** Columns of 24. */
  readonly span: number;
  readonly min?: number;
  readonly decimals?: number;
  /** Names of two series, the space between which is filled. */
  readonly band?: readonly [lower: string, upper: string];
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
    .targets(targets(series).map((target) => target.range()));
  if (text.band !== undefined)
    panel.overrideByName(text.band[1], [
      { id: 'custom.fillBelowTo', value: text.band[0] },
      { id: 'custom.fillOpacity', value: 20 },
    ]);
  if (min !== undefined) panel.min(min);
  if (text.decimals !== undefined) panel.decimals(text.decimals);
  if (limit !== undefined)
    panel
      .thresholds(thresholds(limit, 'transparent'))
      .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  return panel;
}

/** One figure, now: the last point of a range would be hours old on a dashboard of a month. */
export function figure(text: PanelText): Builder<Panel> {
  const panel = new StatBuilder()
    .title(text.title)
    .description(describe(text))
    .datasource(DATA_SOURCE)
    .unit(text.unit)
    .span(text.span)
    .height(HEIGHT / 2)
    .noValue('no data')
    .graphMode(BigValueGraphMode.None)
    .targets(targets(text.series).map((target) => target.instant()));
  if (text.decimals !== undefined) panel.decimals(text.decimals);
  if (text.limit !== undefined) panel.thresholds(thresholds(text.limit, 'green'));
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
    .targets(targets(text.series).map((target) => target.range()));
}

function describe({ description, alert }: PanelText): string {
  return alert === undefined ? description : `${description} Runbook: docs/runbooks/${alert}.md.`;
}

function targets(series: PanelText['series']): DataqueryBuilder[] {
  return series.map(([expr, legend], i) =>
    new DataqueryBuilder()
      .datasource(DATA_SOURCE)
      .expr(expr)
      .legendFormat(legend)
      .refId(String.fromCodePoint('A'.codePointAt(0)! + i)),
  );
}

/** Red beyond the limit. Grafana draws the line of a lower limit in red only where the good side is transparent. */
function thresholds({ above, below }: Limit, good: 'green' | 'transparent'): ThresholdsConfigBuilder {
  const steps: Threshold[] = [{ value: null, color: below === undefined ? good : 'red' }];
  if (below !== undefined) steps.push({ value: below, color: good });
  if (above !== undefined) steps.push({ value: above, color: 'red' });
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
}
