import { dashboard } from './dashboard.js';
import { figure, lines } from './panels.js';

/** What answers, and is it any good? */
export const model = dashboard({
  uid: 'segue-model',
  title: 'Segue: model',
  description: 'Which model answers, since when, and is it any good?',
  from: 'now-30d',
  rows: [
    [
      'In production',
      [
        figure({
          title: 'Version',
          description: 'Replicas that answer with it; more than one version only while a promotion spreads.',
          unit: 'short',
          series: [['count by (version) (segue_model_info{job="$job"})', '{{version}}']],
          alert: 'SegueNoModel',
          span: 6,
        }),
        figure({
          title: 'In production for',
          description: 'It is retrained every week.',
          unit: 's',
          series: [['max(segue_model_age_seconds{job="$job"})', '']],
          limit: { above: 15 * 86_400 },
          alert: 'SegueModelOld',
          span: 6,
        }),
        figure({
          title: 'Cannot be served',
          description:
            '1 while an earlier version answers, or none, because the files of the one in production are damaged.',
          unit: 'short',
          series: [['max(segue_model_refused{job="$job"})', '']],
          limit: { above: 1 },
          alert: 'SegueModelRefused',
          span: 6,
        }),
        figure({
          title: 'Versions refused',
          description: 'In the time shown, since they could not be used.',
          unit: 'short',
          series: [['sum(increase(segue_model_refusals_total{job="$job"}[$__range]))', '']],
          alert: 'SegueModelRefused',
          span: 6,
          decimals: 0,
        }),
      ],
    ],
    [
      'Quality',
      [
        lines({
          title: 'How well are the segments apart?',
          description:
            'Euclidean Silhouette on the training tracks, as scikit-learn defines it: of the version in production, the one before, and the newest that was judged, refused ones too.',
          unit: 'short',
          series: [['max by (role) (segue_model_silhouette{job="$job"})', '{{role}}']],
          alert: 'SegueSilhouetteDrop',
          span: 12,
          decimals: 3,
        }),
        lines({
          title: 'How far from its segment is a track?',
          description:
            'Mean squared distance of what is asked, in times of that in training; 1 is as in training.',
          unit: 'short',
          series: [
            [
              'sum(rate(segue_predicted_distance_squares_total{job="$job"}[1h])) / sum(rate(segue_predictions_total{job="$job"}[1h])) / max(segue_model_reference_squared_distance{job="$job"})',
              'asked, against training',
            ],
          ],
          limit: { above: 1.5 },
          alert: 'SegueDistanceDrift',
          span: 12,
          min: 0,
        }),
        lines({
          title: 'How clear a case are tracks?',
          description:
            'Share that could as well be in another segment (margin under 0.05), and share that is far from all; in training 0.1 % are far.',
          unit: 'percentunit',
          series: [
            [
              'sum(rate(segue_predictions_boundary_total{job="$job"}[1h])) / sum(rate(segue_predictions_total{job="$job"}[1h]))',
              'near a boundary',
            ],
            ['max(segue_model_reference_boundary_share{job="$job"})', 'near a boundary, in training'],
            [
              'sum(rate(segue_predictions_unassigned_total{job="$job"}[1h])) / sum(rate(segue_predictions_total{job="$job"}[1h]))',
              'far from all',
            ],
          ],
          alert: 'SegueUnassigned',
          span: 12,
          min: 0,
        }),
        lines({
          title: 'Are segments asked as often as they were trained on?',
          description:
            'Share of each segment in what was asked in seven days, and in training; by the version that answers.',
          unit: 'percentunit',
          series: [
            [
              'segue:segment_share:7d{job="$job"} and on (job, version) segue_model_info',
              'segment {{cluster_id}}',
            ],
            [
              'max by (cluster_id) (segue_segment_reference_share{job="$job"})',
              'segment {{cluster_id}}, in training',
            ],
          ],
          alert: 'SegueSegmentShareDrift',
          span: 12,
          min: 0,
        }),
      ],
    ],
  ],
});
