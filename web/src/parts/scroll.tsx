import type { ComponentChildren } from 'preact';

/** What may be wider than its place: it is moved by touch, wheel and keys, and has a name. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={label}>
      {children}
    </div>
  );
}
