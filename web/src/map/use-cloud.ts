import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Cluster } from '../api.ts';
import { type MapView, type PointCloud, pointCloud } from './draw.ts';
import { steadyPace } from './pace.ts';
import type { Corner } from './places.ts';

export interface CloudProps {
  readonly points: Uint16Array;
  readonly segmentRows: readonly number[];
  readonly clusters: readonly Cluster[];
}

export interface Cloud {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** Width and height of the canvas, in pixels of the page. */
  readonly size: Corner;
  /** Whether the browser has WebGL. */
  readonly canDraw: boolean;
}

/** Draws the points on a canvas, as it is seen at the moment. */
export function useCloud({ points, segmentRows, clusters }: CloudProps, view: MapView): Cloud {
  const canvas = useRef<HTMLCanvasElement>(null);
  const cloud = useRef<PointCloud | undefined>(undefined);
  const pace = useRef(steadyPace());
  const [size, setSize] = useState<Corner>([800, 520]);
  const [canDraw, setCanDraw] = useState(true);

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
  }, [view, size, canDraw, points, segmentRows, clusters]);

  return { canvas, size, canDraw };
}
