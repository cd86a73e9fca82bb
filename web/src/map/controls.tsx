import { useTalk } from '../i18n/words.ts';

export interface ControlsProps {
  readonly onIn: () => void;
  readonly onOut: () => void;
  readonly onAll: () => void;
  readonly isDrawing: boolean;
  readonly onDraw: () => void;
  readonly hasFrame: boolean;
  readonly onFrame: () => void;
}

/** Buttons for what pointer and keys do too. */
export function Controls({ onIn, onOut, onAll, isDrawing, onDraw, hasFrame, onFrame }: ControlsProps) {
  const { say } = useTalk();
  return (
    <p class="choices no-print">
      <button type="button" onClick={onIn}>
        {say('map.in')}
      </button>
      <button type="button" onClick={onOut}>
        {say('map.out')}
      </button>
      <button type="button" onClick={onAll}>
        {say('map.all')}
      </button>
      <button type="button" aria-pressed={isDrawing} onClick={onDraw}>
        {say('map.draw')}
      </button>
      <button type="button" aria-pressed={hasFrame} onClick={onFrame}>
        {say('map.frame')}
      </button>
    </p>
  );
}
