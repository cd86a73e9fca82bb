import type { MapView } from './draw.ts';
import type { Corner } from './places.ts';

/** A rectangle on the map that keys move and size: its middle and half its width and height, in parts of the map. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
}

const [LEAST, MOST] = [0.002, 1];

/** A quarter of what is seen, in the middle of it. */
export function frameIn({ x, y, zoom }: MapView): Frame {
  return { x, y, halfWidth: 0.125 / zoom, halfHeight: 0.125 / zoom };
}

/** Which way an arrow key points: to the right, upwards. */
export const ARROWS: Readonly<Record<string, Corner>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** @param step in parts of the map */
export function movedFrame(frame: Frame, [right, up]: Corner, step: number): Frame {
  return { ...frame, x: frame.x + right * step, y: frame.y + up * step };
}

/** @param step in parts of the map */
export function sizedFrame(frame: Frame, [right, up]: Corner, step: number): Frame {
  return {
    ...frame,
    halfWidth: within(frame.halfWidth + right * step),
    halfHeight: within(frame.halfHeight + up * step),
  };
}

export function cornersOf({ x, y, halfWidth, halfHeight }: Frame): readonly Corner[] {
  return [
    [x - halfWidth, y - halfHeight],
    [x + halfWidth, y - halfHeight],
    [x + halfWidth, y + halfHeight],
    [x - halfWidth, y + halfHeight],
  ];
}

function within(half: number): number {
  return Math.min(MOST, Math.max(LEAST, half));
}
