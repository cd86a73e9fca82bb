import { MappingType, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboard } from './dashboard.js';
import { FEATURE, oneFeature } from './one-feature.js';
import { figure, lines, states } from './panels.js';

const VERDICTS: readonly ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: {
      '-1': { text: 'not enough data', color: 'text', index: 0 },
      '0': { text: 'nothing found', color: 'green', index: 1 },
      '1': { text: 'warning', color: 'orange', index: 2 },
      '2': { text: 'alert', color: 'red', index: 3 },
    },
  },
];

/** Does what is asked still look like what was trained on? The expressions are recorded by rules/records.yml. */
export const drift = dashboard({
  uid: 'segue-drift',
  title: 'Segue: drift',
  description: 'Does what is asked still look like what the model was trained on? Seven days, all replicas.',
  from: 'now-14d',
  variables: FEATURE,
  rows: [
    [
      'Verdict',
      [
        figure({
          title: 'Tracks in seven days',
          description: 'As the service counted them. Under 100 nothing is said.',
          unit: 'short',
          series: [['max(segue_drift_tracks{job="$job"})', '']],
          span: 12,
        }),
        figure({
          title: 'Least shift that would be seen',
          description:
            'Of a mean, in standard deviations of the training tracks. Above 0.3 there is not enough data to say that nothing moved.',
          unit: 'short',
          series: [['max(segue_drift_smallest_visible_shift{job="$job"})', '']],
          limit: { above: 0.3 },
          span: 12,
          decimals: 2,
        }),
        states(
          {
            title: 'What did the service find?',
            description:
              'By GET /v1/drift: each feature’s mean, spread, shape and range, the segments, and how tracks lie among them.',
            unit: 'short',
            series: [
              ['max by (subject, measure) (segue_drift_verdict{job="$job"})', '{{subject}} {{measure}}'],
            ],
            alert: 'SegueMeanDrift',
            span: 24,
          },
          VERDICTS,
        ),
      ],
    ],
    [
      'Features',
      [
        lines({
          title: 'How far did the means move?',
          description:
            'In standard deviations of the training tracks. Beyond 0.25 and more than chance, it is an alert; the visible shift is above.',
          unit: 'short',
          series: [['segue:mean_shift:7d{job="$job"}', '{{feature}}']],
          limit: { above: 0.25, below: -0.25 },
          alert: 'SegueMeanDrift',
          span: 12,
          decimals: 2,
        }),
        lines({
          title: 'Is that more than chance?',
          description: 'The same in standard errors: beyond 3.3 chance makes one in a thousand.',
          unit: 'short',
          series: [['segue:mean_shift_z:7d{job="$job"}', '{{feature}}']],
          limit: { above: 3.3, below: -3.3 },
          alert: 'SegueMeanDrift',
          span: 12,
          decimals: 1,
        }),
        lines({
          title: 'Did the spreads change?',
          description: 'Logarithm of the standard deviation over that of training: 0.1 is a tenth wider.',
          unit: 'short',
          series: [['segue:sd_change:7d{job="$job"}', '{{feature}}']],
          limit: { above: 0.25, below: -0.25 },
          alert: 'SegueSpreadDrift',
          span: 12,
          decimals: 2,
        }),
        lines({
          title: 'How many values lie out of what training held?',
          description: 'Share of seven days, by feature. Many are another unit rather than other tracks.',
          unit: 'percentunit',
          series: [
            [
              'sum by (feature) (increase(segue_feature_out_of_range_total{job="$job"}[7d])) / on () group_left () sum(increase(segue_predictions_total{job="$job"}[7d]))',
              '{{feature}}',
            ],
          ],
          limit: { above: 0.05 },
          alert: 'SegueOutOfRange',
          span: 12,
          min: 0,
        }),
      ],
    ],
    ['Feature $feature', oneFeature],
    [
      'Segments',
      [
        lines({
          title: 'Are other segments asked?',
          description: 'Share of each segment in what is asked, less its share in training.',
          unit: 'percentunit',
          series: [
            [
              'segue:segment_share:7d{job="$job"} - on (job, version, cluster_id) max by (job, version, cluster_id) (segue_segment_reference_share)',
              'segment {{cluster_id}}',
            ],
          ],
          alert: 'SegueSegmentShareDrift',
          span: 12,
        }),
        lines({
          title: 'Is that much, and more than chance?',
          description: 'Cohen’s w of all segments together; from 0.25 and beyond chance it is an alert.',
          unit: 'short',
          series: [['segue:segment_shift:7d{job="$job"}', 'Cohen’s w']],
          limit: { above: 0.25 },
          alert: 'SegueSegmentShareDrift',
          span: 12,
          min: 0,
          decimals: 2,
        }),
      ],
    ],
  ],
});
