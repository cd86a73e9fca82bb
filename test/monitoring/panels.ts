/** What tests look at of a panel of Grafana. */
export interface GrafanaPanel {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets: readonly { readonly expr: string; readonly refId: string }[];
}

/** The panels of a dashboard's JSON; rows are only headings. */
export function panelsOf(text: string): GrafanaPanel[] {
  const { panels } = JSON.parse(text) as { readonly panels: readonly GrafanaPanel[] };
  return panels.filter(({ type }) => type !== 'row');
}
