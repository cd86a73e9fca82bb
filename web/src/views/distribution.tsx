import { client, dataOf, type History, type JudgedVersion } from '../api.ts';
import { useAsked } from '../asked.ts';
import { Alluvial } from '../charts/alluvial.tsx';
import { Stacks } from '../charts/stacks.tsx';
import { useTalk } from '../i18n/words.ts';
import { Scroll } from '../parts/scroll.tsx';
import { Shares } from '../parts/shares.tsx';
import { Source } from '../parts/source.tsx';
import { Ready } from '../parts/states.tsx';
import { addressOf, go } from '../url.ts';
import type { ViewProps } from '../views.tsx';

/** Columns at most: the newest versions. */
const MOST = 16;

/** How much each segment weighs, version by version, and where tracks went from one to the next. */
export default function DistributionView({ params }: ViewProps) {
  const asked = useAsked<History>(() => dataOf(client.GET('/v1/history')), []);
  const { say, language, day, percent, count } = useTalk();
  return (
    <Ready asked={asked}>
      {({ versions, production }) => {
        const whole = versions.filter(({ content }) => content !== null).slice(-MOST);
        const now = production.at(-1)?.version;
        const chosen =
          whole.find(({ version }) => version === params.get('version')) ??
          whole.find(({ version }) => version === now) ??
          whole.at(-1);
        const relative = params.get('scale') !== 'absolute';
        return (
          <>
            <h1 tabIndex={-1}>{say('distribution.title')}</h1>
            <p class="lead">{say('distribution.lead')}</p>
            <section class="card">
              <h2>{say('distribution.over')}</h2>
              <p class="note">{say('distribution.overHelp')}</p>
              <div class="choices" role="group" aria-label={say('distribution.over')}>
                {(['relative', 'absolute'] as const).map((scale) => (
                  <button
                    key={scale}
                    type="button"
                    aria-pressed={relative === (scale === 'relative')}
                    onClick={() =>
                      go(
                        addressOf('/distribution', { scale: scale === 'relative' ? undefined : scale }),
                        'replace',
                      )
                    }
                  >
                    {say(`distribution.${scale}`)}
                  </button>
                ))}
              </div>
              <Scroll label={say('distribution.over')}>
                <Stacks
                  label={say('distribution.over')}
                  relative={relative}
                  chosen={chosen?.version}
                  onChoose={(version) => go(addressOf('/distribution', { version }), 'replace')}
                  stacks={whole.map(({ version, at, verdict, content }) => ({
                    id: version,
                    label: day(at),
                    faded: verdict === 'refused',
                    parts: content!.segments.map(({ segment_id, name, colour, rows }) => ({
                      id: segment_id,
                      name: name[language],
                      colour,
                      value: rows,
                    })),
                  }))}
                />
              </Scroll>
            </section>
            {chosen !== undefined && <Flow versions={versions} chosen={chosen} />}
            {chosen?.content !== null && chosen !== undefined && (
              <section class="card">
                <h2>{chosen.version === now ? say('distribution.now') : chosen.version}</h2>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{say('distribution.segment')}</th>
                      <th scope="col" class="figure">
                        {say('distribution.tracks')}
                      </th>
                      <th scope="col" class="figure">
                        {say('distribution.share')}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {chosen.content.segments.map(({ segment_id, name, colour, rows, share }) => (
                      <tr key={segment_id}>
                        <th scope="row">
                          <span
                            class="swatch"
                            ref={(mark) => mark?.style.setProperty('background', colour)}
                          />
                          <a href={addressOf('/', { segment: segment_id })} data-inside>
                            {name[language]}
                          </a>
                        </th>
                        <td class="figure">{count(rows)}</td>
                        <td class="figure">{percent(share)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
                <Source version={chosen.version} run={chosen.run} />
              </section>
            )}
            {now !== undefined && <Shares relative={relative} allGenres={params.get('genres') === 'all'} />}
          </>
        );
      }}
    </Ready>
  );
}

function Flow({ versions, chosen }: { versions: readonly JudgedVersion[]; chosen: JudgedVersion }) {
  const { say, language, percent } = useTalk();
  const parent = versions.find(({ version }) => version === chosen.content?.parent);
  const named = (of: JudgedVersion) =>
    (of.content?.segments ?? []).map(({ segment_id, name, colour }) => ({
      id: segment_id,
      name: name[language],
      colour,
    }));
  const hasFlow = parent !== undefined && parent.content !== null && (chosen.content?.flows.length ?? 0) > 0;
  return (
    <section class="card">
      <h2>{say('distribution.flow')}</h2>
      {!hasFlow || parent === undefined ? (
        <p class="note">{say('distribution.noFlow')}</p>
      ) : (
        <>
          <p class="note">{say('distribution.flowHelp', { from: parent.version, to: chosen.version })}</p>
          {typeof chosen.content?.kept_share === 'number' && (
            <p>{say('distribution.kept', { share: percent(chosen.content.kept_share) })}</p>
          )}
          <Scroll label={say('distribution.flow')}>
            <Alluvial
              label={say('distribution.flow')}
              before={named(parent)}
              after={named(chosen)}
              flows={chosen.content?.flows ?? []}
            />
          </Scroll>
        </>
      )}
    </section>
  );
}
