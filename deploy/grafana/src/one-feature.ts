import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { lines } from './panels.js';

/** The variable that these panels are of. */
export const FEATURE = { feature: 'label_values(segue_feature_reference_mean{job="$job"}, feature)' };

const OF = '{job="$job",feature="$feature"}';
const SCALE = `segue:asked_scale:7d${OF}`;

function reference(figure: string): string {
  return `max by (job, feature) (segue_feature_reference_${figure}${OF})`;
}

/** Standard errors of the limits that the rules have: docs/drift.md. */
const MEAN_Z = 3.3;
const SPREAD_Z = 3.8;

/** Mean and spread of one feature, in its own unit, beside what training had and what chance alone makes. */
export const oneFeature: readonly Builder<Panel>[] = [
  beside({
    title: 'Where is the mean of $feature?',
    what: 'Mean',
    asked: `segue:asked_mean:7d${OF}`,
    trained: reference('mean'),
    chance: `${MEAN_Z} * ${reference('sd')} * sqrt(${SCALE})`,
    alert: 'SegueMeanDrift',
  }),
  beside({
    title: 'How wide is $feature spread?',
    what: 'Standard deviation',
    asked: `segue:asked_sd:7d${OF}`,
    trained: reference('sd'),
    chance: `${SPREAD_Z} * ${reference('sd')} * sqrt((${reference('kurtosis')} - 1) / 4 * ${SCALE})`,
    alert: 'SegueSpreadDrift',
  }),
];

interface Beside {
  readonly title: string;
  readonly what: string;
  readonly asked: string;
  readonly trained: string;
  /** Half the width of the band. */
  readonly chance: string;
  readonly alert: string;
}

function beside({ title, what, asked, trained, chance, alert }: Beside): Builder<Panel> {
  return lines({
    title,
    description: `${what} of seven days, in the feature’s own unit, and that of training. In the band chance is enough: a shift that small could not have been seen. The fewer tracks, the wider it is.`,
    unit: 'none',
    series: [
      [asked, 'asked'],
      [trained, 'in training'],
      [`${trained} - ${chance}`, 'least by chance'],
      [`${trained} + ${chance}`, 'most by chance'],
    ],
    band: ['least by chance', 'most by chance'],
    alert,
    span: 12,
  });
}
