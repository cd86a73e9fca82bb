/** What tests look at of a panel of Grafana. */
export interface GrafanaPanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig?: {
    readonly defaults: {
      readonly unit?: string;
      readonly thresholds?: { readonly steps: readonly { readonly value: number | null }[] };
    };
  };
  readonly targets: readonly GrafanaTarget[];
}

interface GrafanaTarget {
  readonly expr: string;
  readonly refId: string;
  readonly datasource?: { readonly uid: string };
}

interface GrafanaDashboard {
  readonly panels: readonly GrafanaPanel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: string }[] };
  readonly annotations: {
    readonly list: readonly { readonly target: GrafanaTarget; readonly useValueForTime?: boolean }[];
  };
}

/** A dashboard's JSON. */
export function dashboardOf(text: string): GrafanaDashboard {
  return JSON.parse(text) as GrafanaDashboard;
}

/** The panels of a dashboard's JSON; rows are only headings. */
export function panelsOf(text: string): readonly GrafanaPanel[] {
  return dashboardOf(text).panels.filter(({ type }) => type !== 'row');
}

/** Every expression that a dashboard asks Prometheus for: panels and annotations. */
export function targetsOf(text: string): readonly (GrafanaTarget & { readonly title: string })[] {
  return [
    ...panelsOf(text).flatMap(({ title, targets }) => targets.map((target) => ({ title, ...target }))),
    ...dashboardOf(text).annotations.list.map(({ target }) => ({ title: 'promotions', ...target })),
  ];
}
