import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Cluster } from '../api.ts';
import { useTalk } from '../i18n/words.ts';
import { type PointCloud, pointCloud } from './draw.ts';
import { pointFinder } from './find.ts';
import { ARROWS, cornersOf, type Frame, frameIn, movedFrame, sizedFrame } from './frame.ts';
import { Overlay } from './overlay.tsx';
import { steadyPace } from './pace.ts';
import { apart, type Corner, centresOf, LARGEST, wholeOf } from './places.ts';
import { MapSearch } from './search.tsx';
import { Selection } from './selection.tsx';
import { UnderPointer } from './under-pointer.tsx';

/** How near the pointer must be, in pixels. */
const NEAR = 10;

/** How much a found track is enlarged, against the whole map; and steps of the frame, in parts of what is seen. */
const [CLOSE, STEP] = [5, 0.02];

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
  const [isDrawing, setDrawing] = useState(false);
  const [frame, setFrame] = useState<Frame>();
  const [selected, setSelected] = useState<readonly number[]>();
  const [found, setFound] = useState<readonly number[]>([]);
  const [chosen, setChosen] = useState<number>();
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
    f: () => setFrame(frameIn(view)),
  };
  const select = (corners: readonly Corner[]): void => {
    setSelected(finder.inside(corners));
    setFrame(undefined);
    setDrawing(false);
  };
  const actOf = ({ key, shiftKey }: KeyboardEvent): (() => void) | undefined => {
    const arrow = ARROWS[key];
    if (frame === undefined)
      return arrow === undefined ? keys[key] : () => move(arrow[0] / 10, arrow[1] / 10);
    if (key === 'Enter') return () => select(cornersOf(frame));
    if (key === 'Escape') return () => setFrame(undefined);
    if (arrow === undefined) return keys[key];
    const step = STEP / view.zoom;
    return () => setFrame(shiftKey ? sizedFrame(frame, arrow, step) : movedFrame(frame, arrow, step));
  };
  const choose = (row: number): void => {
    const [x, y] = placeOfRow(row);
    setChosen(row);
    setPointed(row);
    canvas.current?.scrollIntoView({ block: 'nearest' });
    setView((now) => ({ x, y, zoom: Math.max(now.zoom, CLOSE * whole.zoom) }));
  };
  const placeOfRow = (row: number): Corner => [
    (points[row] ?? 0) / LARGEST,
    (points[points.length / 2 + row] ?? 0) / LARGEST,
  ];
  const pixelOf = ([x, y]: Corner): Corner => [
    size[0] / 2 + (x - view.x) * unit,
    size[1] / 2 - (y - view.y) * unit,
  ];
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
      const [left, top] = pixelOf(centres[cluster_id] ?? [0.5, 0.5]);
      return { text: `${name[language]} ${percent(share.train, 0)}`, left, top };
    }),
  );
  if (!canDraw) return <p class="warning">{say('map.noWebgl')}</p>;
  const outline = frame === undefined ? lasso : cornersOf(frame);
  return (
    <>
      <MapSearch chosen={chosen} onFound={setFound} onChoose={choose} />
      <div class={isDrawing ? 'map drawing' : 'map'}>
        <canvas
          ref={canvas}
          tabIndex={0}
          role="img"
          aria-label={say('map.label', { segments: labels.map(({ text }) => text).join(', ') })}
          aria-describedby="map-help"
          onKeyDown={(event) => {
            const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : actOf(event);
            if (act === undefined) return;
            event.preventDefault();
            act();
          }}
          onPointerDown={(event) => {
            canvas.current?.setPointerCapture(event.pointerId);
            if (event.shiftKey || isDrawing) setLasso([placeOf(event)]);
          }}
          onPointerMove={(event) => {
            if (lasso.length > 0) setLasso([...lasso, placeOf(event)]);
            else if (event.buttons === 1)
              move(-event.movementX / Math.min(...size), event.movementY / Math.min(...size));
            else setPointed(finder.nearest(...placeOf(event), NEAR / unit));
          }}
          onPointerUp={() => {
            if (lasso.length > 2) select(lasso);
            setLasso([]);
          }}
        />
        <Overlay
          size={size}
          labels={labels}
          outline={outline.map(pixelOf)}
          rings={found.map((row) => ({ at: pixelOf(placeOfRow(row)), isChosen: row === chosen }))}
        />
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
        <button type="button" aria-pressed={isDrawing} onClick={() => setDrawing(!isDrawing)}>
          {say('map.draw')}
        </button>
        <button
          type="button"
          aria-pressed={frame !== undefined}
          onClick={() => {
            setFrame(frame === undefined ? frameIn(view) : undefined);
            canvas.current?.focus();
          }}
        >
          {say('map.frame')}
        </button>
      </p>
      <p class="note no-print" role="status">
        {frame !== undefined &&
          say('map.frameHelp', { count: count(finder.inside(cornersOf(frame)).length) })}
        {isDrawing && say('map.drawHelp')}
      </p>
      <p class="note no-print" id="map-help">
        {say('map.help')}
      </p>
      <UnderPointer row={pointed} />
      {selected !== undefined && (
        <Selection
          rows={selected}
          segmentRows={segmentRows}
          clusters={clusters}
          onClear={() => setSelected(undefined)}
        />
      )}
    </>
  );
}
