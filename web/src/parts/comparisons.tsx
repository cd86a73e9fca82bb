import type { Drift } from '../api.ts';
import { useTalk } from '../i18n/words.ts';
import { Scroll } from './scroll.tsx';

/** Every comparison behind a verdict of drift, for those who want to check it. */
export function Comparisons({ findings }: { findings: Drift['findings'] }) {
  const { say, signed, number } = useTalk();
  return (
    <details class="card">
      <summary>{say('drift.all', { count: findings.length })}</summary>
      <p class="note">{say('drift.allHelp')}</p>
      <Scroll label={say('drift.all', { count: findings.length })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('drift.subject')}</th>
              <th scope="col">{say('drift.measure')}</th>
              <th scope="col" class="figure">
                {say('drift.effect')}
              </th>
              <th scope="col" class="figure">
                {say('drift.smallest')}
              </th>
              <th scope="col" class="figure">
                z
              </th>
              <th scope="col">{say('drift.verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {findings.map(({ subject, measure, z, effect, smallest_visible, verdict }) => (
              <tr key={`${subject} ${measure}`}>
                <th scope="row">{subject}</th>
                <td>{say(`drift.measure.${measure}`)}</td>
                <td class="figure">{effect === null ? '–' : signed(effect)}</td>
                <td class="figure">{smallest_visible === null ? '–' : number(smallest_visible)}</td>
                <td class="figure">{z === null ? '–' : signed(z, 1)}</td>
                <td class={verdict === 'warn' || verdict === 'alert' ? 'fail' : undefined}>
                  {say(`drift.short.${verdict}`)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
