import { dashboard } from './dashboard.js';
import { figure, lines } from './panels.js';

/** Do retrains come through? */
export const pipeline = dashboard({
  uid: 'segue-pipeline',
  title: 'Segue: pipeline',
  description: 'Do retrains come through, how long do they take, what becomes of the rows?',
  from: 'now-30d',
  rows: [
    [
      'Runs',
      [
        figure({
          title: 'Last run began',
          description: 'Ago. Retrains are weekly.',
          unit: 's',
          series: [['time() - max(segue_run_begun_timestamp_seconds{job="$job"})', '']],
          limit: { above: 8 * 86_400 },
          alert: 'SegueRetrainMissed',
          span: 6,
        }),
        figure({
          title: 'Until the next',
          description:
            'As «segue up» told; negative where it is late. No data where something else schedules.',
          unit: 's',
          series: [['min(segue_schedule_next_timestamp_seconds{job="$job"}) - time()', '']],
          limit: { below: -3600 },
          alert: 'SegueRetrainMissed',
          span: 6,
        }),
        figure({
          title: 'Under way',
          description: 'Runs that have not ended.',
          unit: 'short',
          series: [['max(segue_runs_under_way{job="$job"})', '']],
          span: 6,
        }),
        figure({
          title: 'Time since each outcome',
          description: 'Of the newest run that was promoted, refused by the gate, or died.',
          unit: 's',
          series: [['time() - max by (state) (segue_run_ended_timestamp_seconds{job="$job"})', '{{state}}']],
          alert: 'SegueRetrainFailed',
          span: 6,
        }),
        lines({
          title: 'How long do tasks take?',
          description: 'Of the newest run.',
          unit: 's',
          series: [['max by (task) (segue_run_task_seconds{job="$job"})', '{{task}}']],
          span: 12,
          min: 0,
        }),
        lines({
          title: 'How long do runs take?',
          description: 'Newest run of each outcome, all tasks.',
          unit: 's',
          series: [['max by (state) (segue_run_duration_seconds{job="$job"})', '{{state}}']],
          span: 12,
          min: 0,
        }),
      ],
    ],
    [
      'Rows',
      [
        lines({
          title: 'What became of the rows?',
          description: 'Of the newest run that read its source: kept and rejected.',
          unit: 'short',
          series: [['max by (fate) (segue_run_rows{job="$job"})', '{{fate}}']],
          span: 12,
          min: 0,
        }),
        lines({
          title: 'Why were rows rejected?',
          description: 'By the first rule that they broke; rejects.parquet of the run has each row.',
          unit: 'short',
          series: [['max by (reason) (segue_run_rejected_rows{job="$job"})', '{{reason}}']],
          span: 12,
          min: 0,
        }),
      ],
    ],
    [
      'Disk',
      [
        lines({
          title: 'How much of the disk is free?',
          description: 'Of the home folder. Runs fail when it is full.',
          unit: 'percentunit',
          series: [
            ['min(segue_home_disk_free_bytes{job="$job"} / segue_home_disk_size_bytes{job="$job"})', 'free'],
          ],
          limit: { below: 0.1 },
          alert: 'SegueDiskFilling',
          span: 24,
          min: 0,
        }),
      ],
    ],
  ],
});
