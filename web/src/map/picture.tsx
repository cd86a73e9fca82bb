import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Cluster, client, dataOf } from '../api.ts';
import { useTalk } from '../i18n/words.ts';
import { csvOf, download } from '../playlist-files.ts';
import { type PointCloud, pointCloud } from './draw.ts';
import { pointFinder } from './find.ts';
import { steadyPace } from './pace.ts';
import { apart, type Corner, centresOf, wholeOf } from './places.ts';

/** How near the pointer must be, in pixels, and how long it must rest, in milliseconds. */
const [NEAR, REST_MS] = [10, 120];

/** Most tracks of a file: as many as the service gives at once. */
const MOST = 1000;

export interface PictureProps {
  readonly points: Uint16Array;
  readonly segmentRows: readonly number[];
  readonly clusters: readonly Cluster[];
}

/** The map itself: moved and enlarged by pointer and keys, with the segments' names on it. */
export function MapPicture({ points, segmentRows, clusters }: PictureProps) {
  const { say, language, percent, count } = useTalk();
  const canvas = useRef<HTMLCanvasElement>(null);
  const cloud = useRef<PointCloud | undefined>(undefined);
  const pace = useRef(steadyPace());
  const whole = useMemo(() => wholeOf(points), [points]);
  const [view, setView] = useState(whole);
  const [size, setSize] = useState<Corner>([800, 520]);
  const [canDraw, setCanDraw] = useState(true);
  const [pointed, setPointed] = useState<number>();
  const [lasso, setLasso] = useState<readonly Corner[]>([]);
  const [chosen, setChosen] = useState<readonly number[]>();
  const finder = useMemo(() => pointFinder(points), [points]);
  const centres = useMemo(() => centresOf(points, segmentRows), [points, segmentRows]);

  useEffect(() => {
    const at = canvas.current;
    if (at === null) return undefined;
    cloud.current = pointCloud(at, { points, segmentRows, colours: clusters.map(({ colour }) => colour) });
    setCanDraw(cloud.current !== undefined);
    const watcher = new ResizeObserver(() => setSize([at.clientWidth, at.clientHeight]));
    watcher.observe(at);
    return () => {
      watcher.disconnect();
      cloud.current?.dispose();
    };
  }, [points, segmentRows, clusters]);

  useEffect(() => {
    const at = canvas.current;
    const drawn = cloud.current;
    if (at === null || drawn === undefined) return undefined;
    const [width = 0, height = 0] = size.map((length) => Math.round(length * devicePixelRatio));
    if (at.width !== width) at.width = width;
    if (at.height !== height) at.height = height;
    return pace.current.run(drawn, view);
  }, [view, size, canDraw]);

  const unit = view.zoom * Math.min(...size);
  const placeOf = (event: PointerEvent | WheelEvent): Corner => {
    const { left, top } = canvas.current!.getBoundingClientRect();
    return [
      view.x + (event.clientX - left - size[0] / 2) / unit,
      view.y - (event.clientY - top - size[1] / 2) / unit,
    ];
  };
  const zoomAt = ([x, y]: Corner, factor: number): void =>
    setView((now) => {
      const zoom = Math.min(200, Math.max(0.8, now.zoom * factor));
      const kept = now.zoom / zoom;
      return { zoom, x: x + (now.x - x) * kept, y: y + (now.y - y) * kept };
    });
  const move = (right: number, up: number): void =>
    setView((now) => ({ ...now, x: now.x + right / now.zoom, y: now.y + up / now.zoom }));

  const keys: Readonly<Record<string, () => void>> = {
    '+': () => zoomAt([view.x, view.y], 1.5),
    '=': () => zoomAt([view.x, view.y], 1.5),
    '-': () => zoomAt([view.x, view.y], 1 / 1.5),
    '0': () => setView(whole),
    ArrowLeft: () => move(-0.1, 0),
    ArrowRight: () => move(0.1, 0),
    ArrowUp: () => move(0, 0.1),
    ArrowDown: () => move(0, -0.1),
  };
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    zoomAt(placeOf(event), Math.exp(-event.deltaY / 400));
  };
  useEffect(() => {
    const at = canvas.current;
    at?.addEventListener('wheel', onWheel, { passive: false });
    return () => at?.removeEventListener('wheel', onWheel);
  });

  const labels = apart(
    clusters.map(({ cluster_id, name, share }) => {
      const [x, y] = centres[cluster_id] ?? [0.5, 0.5];
      const text = `${name[language]} ${percent(share.train, 0)}`;
      return { text, left: size[0] / 2 + (x - view.x) * unit, top: size[1] / 2 - (y - view.y) * unit };
    }),
  );
  if (!canDraw) return <p class="warning">{say('map.noWebgl')}</p>;
  return (
    <>
      <div class="map">
        <canvas
          ref={canvas}
          tabIndex={0}
          role="img"
          aria-label={say('map.label', { segments: labels.map(({ text }) => text).join(', ') })}
          aria-describedby="map-help"
          onKeyDown={(event) => {
            const act = keys[event.key];
            if (act === undefined) return;
            event.preventDefault();
            act();
          }}
          onPointerDown={(event) => {
            canvas.current?.setPointerCapture(event.pointerId);
            if (event.shiftKey) setLasso([placeOf(event)]);
          }}
          onPointerMove={(event) => {
            if (lasso.length > 0) setLasso([...lasso, placeOf(event)]);
            else if (event.buttons === 1)
              move(-event.movementX / Math.min(...size), event.movementY / Math.min(...size));
            else setPointed(finder.nearest(...placeOf(event), NEAR / unit));
          }}
          onPointerUp={() => {
            if (lasso.length > 2) setChosen(finder.inside(lasso));
            setLasso([]);
          }}
        />
        <svg
          class="over"
          aria-hidden="true"
          width={size[0]}
          height={size[1]}
          viewBox={`0 0 ${size[0]} ${size[1]}`}
        >
          {labels.map(({ text, left, top }) => (
            <text key={text} x={left} y={top} text-anchor="middle">
              {text}
            </text>
          ))}
          <polygon
            points={lasso
              .map(([x, y]) => `${size[0] / 2 + (x - view.x) * unit},${size[1] / 2 - (y - view.y) * unit}`)
              .join(' ')}
          />
        </svg>
      </div>
      <p class="choices no-print">
        <button type="button" onClick={keys['+']}>
          {say('map.in')}
        </button>
        <button type="button" onClick={keys['-']}>
          {say('map.out')}
        </button>
        <button type="button" onClick={keys['0']}>
          {say('map.all')}
        </button>
      </p>
      <p class="note no-print" id="map-help">
        {say('map.help')}
      </p>
      <Pointed row={pointed} />
      {chosen !== undefined && (
        <p class="choices" role="status">
          <span>{say('map.chosen', { count: count(chosen.length) })}</span>
          {chosen.length > 0 && (
            <button type="button" onClick={() => void takeAlong(chosen.slice(0, MOST))}>
              {say('map.csv')}
            </button>
          )}
          <button type="button" onClick={() => setChosen(undefined)}>
            {say('map.clear')}
          </button>
          {chosen.length > MOST && <span class="note">{say('map.most', { most: count(MOST) })}</span>}
        </p>
      )}
    </>
  );
}

/** The track under the pointer, once it rests. */
function Pointed({ row }: { row: number | undefined }) {
  const { say, language } = useTalk();
  const [text, setText] = useState<string>();
  useEffect(() => {
    if (row === undefined) return undefined;
    let over = false;
    const tell = async (): Promise<void> => {
      const [track] = await tracksOf([row]);
      if (over || track === undefined) return;
      const { track_name, artist_name, genre, segment } = track;
      const parts = [track_name, artist_name, genre, segment.name[language]];
      setText(parts.filter((part) => part !== null).join(' · '));
    };
    const timer = setTimeout(() => void tell(), REST_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [row, language]);
  return (
    <p>
      <strong>{say('map.under')}</strong>: {text ?? say('map.nothing')}
    </p>
  );
}

async function tracksOf(rows: readonly number[]) {
  return (await dataOf(client.POST('/v1/tracks', { body: { rows: [...rows] } }))).tracks;
}

async function takeAlong(rows: readonly number[]): Promise<void> {
  const tracks = await tracksOf(rows);
  download('tracks.csv', 'text/csv', csvOf(tracks));
}
