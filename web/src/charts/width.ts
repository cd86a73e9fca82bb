import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/**
 * How wide a chart may be: its parent's width, at least so many pixels. Charts are drawn at that width instead of being scaled to it, so
 * that their words are as large on a phone as on a wall.
 */
export function useWidth(least: number): {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly width: number;
} {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(least);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = (): void => setWidth(Math.max(least, Math.floor(element.clientWidth)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [least]);
  return { box, width };
}
