export interface SliderProps {
  readonly label: string;
  readonly value: number;
  /** The value in words. */
  readonly shown: string;
  readonly least: number;
  readonly most: number;
  readonly note: string;
  /** Whether each step is so many times the one before instead of so much more. */
  readonly isByTimes?: boolean;
  readonly onChange: (value: number) => void;
}

/** Steps of a slider by times: twenty from one power of ten to the next. */
const STEP = 0.05;

/** A number to be set, on a line or, where it may be small and large, by powers of ten. */
export function Slider({ label, value, shown, least, most, note, isByTimes = false, onChange }: SliderProps) {
  const place = (number: number): number => (isByTimes ? Math.log10(Math.max(number, least)) : number);
  const read = (at: number): number => (isByTimes ? Number((10 ** at).toPrecision(2)) : at);
  return (
    <label class="slider">
      <span>
        {label}
        <span>{shown}</span>
      </span>
      <input
        type="range"
        min={place(least)}
        max={place(most)}
        step={isByTimes ? STEP : 1}
        value={place(value)}
        aria-valuetext={shown}
        onInput={(event) => onChange(read(Number((event.target as HTMLInputElement).value)))}
      />
      <span class="note">{note}</span>
    </label>
  );
}
