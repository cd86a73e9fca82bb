import { useEffect, useMemo, useState } from 'preact/hooks';
import { useTalk } from '../i18n/words.ts';
import { addressOf, go, usePlace } from '../url.ts';
import { aroundIn, aroundText } from './around.ts';
import { Controls } from './controls.tsx';
import { pointFinder } from './find.ts';
import { ARROWS, cornersOf, type Frame, frameIn, movedFrame, sizedFrame } from './frame.ts';
import { Overlay } from './overlay.tsx';
import { apart, type Corner, centresOf, LARGEST, wholeOf } from './places.ts';
import { MapSearch } from './search.tsx';
import { Selection } from './selection.tsx';
import { UnderPointer } from './under-pointer.tsx';
import { type CloudProps, useCloud } from './use-cloud.ts';

/** How near the pointer must be, in pixels. */
const NEAR = 10;

/** How much a found track is enlarged, against the whole map; and steps of the frame, in parts of what is seen. */
const [CLOSE, STEP] = [5, 0.02];

export interface PictureProps extends CloudProps {
  /** Whose tracks the points are. */
  readonly version: string;
  /** Told when the service answers with another version: the rows are not its rows. */
  readonly onChanged: () => void;
}

/** The map itself: moved and enlarged by pointer and keys, with the segments' names on it. */
export function MapPicture({ version, points, segmentRows, clusters, onChanged }: PictureProps) {
  const { say, language, percent, count } = useTalk();
  const whole = useMemo(() => wholeOf(points), [points]);
  const [view, setView] = useState(whole);
  const { canvas, size, canDraw } = useCloud({ points, segmentRows, clusters }, view);
  const [pointed, setPointed] = useState<number>();
  const [lasso, setLasso] = useState<readonly Corner[]>([]);
  const [isDrawing, setDrawing] = useState(false);
  const [frame, setFrame] = useState<Frame>();
  const [found, setFound] = useState<readonly number[]>([]);
  const [chosen, setChosen] = useState<number>();
  const finder = useMemo(() => pointFinder(points), [points]);
  const around = usePlace().params.get('around');
  const corners = useMemo(() => aroundIn(around), [around]);
  const selected = useMemo(() => corners && finder.inside(corners), [corners, finder]);
  const centres = useMemo(() => centresOf(points, segmentRows), [points, segmentRows]);

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

  const zoomIn = (): void => zoomAt([view.x, view.y], 1.5);
  const zoomOut = (): void => zoomAt([view.x, view.y], 1 / 1.5);
  const showAll = (): void => setView(whole);
  const keys: Readonly<Record<string, () => void>> = {
    '+': zoomIn,
    '=': zoomIn,
    '-': zoomOut,
    '0': showAll,
    f: () => setFrame(frameIn(view)),
  };
  const select = (drawn: readonly Corner[]): void => {
    go(addressOf('/map', { around: aroundText(drawn) }), 'replace');
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
  const outline = frame === undefined ? (lasso.length > 0 ? lasso : (corners ?? [])) : cornersOf(frame);
  return (
    <>
      <MapSearch
        version={version}
        onChanged={onChanged}
        chosen={chosen}
        onFound={setFound}
        onChoose={choose}
      />
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
      <Controls
        onIn={zoomIn}
        onOut={zoomOut}
        onAll={showAll}
        isDrawing={isDrawing}
        onDraw={() => setDrawing(!isDrawing)}
        hasFrame={frame !== undefined}
        onFrame={() => {
          setFrame(frame === undefined ? frameIn(view) : undefined);
          canvas.current?.focus();
        }}
      />
      <p class="note no-print" role="status">
        {frame !== undefined &&
          say('map.frameHelp', { count: count(finder.inside(cornersOf(frame)).length) })}
        {isDrawing && say('map.drawHelp')}
      </p>
      <p class="note no-print" id="map-help">
        {say('map.help')}
      </p>
      <UnderPointer row={pointed} version={version} onChanged={onChanged} />
      {selected !== undefined && (
        <Selection
          rows={selected}
          segmentRows={segmentRows}
          clusters={clusters}
          onClear={() => go(addressOf('/map', { around: undefined }), 'replace')}
          onChanged={onChanged}
          version={version}
        />
      )}
    </>
  );
}
