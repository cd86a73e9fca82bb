import { useRef, useState } from 'preact/hooks';
import type { ApiError } from '../api.ts';
import { useTalk } from '../i18n/words.ts';

export interface ConfirmProps {
  readonly label: string;
  readonly question: string;
  readonly withReason?: boolean;
  readonly onConfirm: (reason: string | undefined) => Promise<unknown>;
  readonly onDone: () => void;
}

/** A button whose work is asked for once more, in a dialog, before it is done. */
export function Confirm({ label, question, withReason = false, onConfirm, onDone }: ConfirmProps) {
  const { say } = useTalk();
  const dialog = useRef<HTMLDialogElement>(null);
  const [said, setSaid] = useState<string>();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const reason = new FormData(event.target as HTMLFormElement).get('reason');
    try {
      await onConfirm(typeof reason === 'string' && reason.trim() !== '' ? reason.trim() : undefined);
      setSaid(say('operations.done'));
      onDone();
    } catch (error) {
      const { title, detail } = (error as ApiError).problem;
      setSaid(say('operations.refused', { why: detail ?? title }));
    }
    dialog.current?.close();
  };
  return (
    <span class="confirm no-print">
      <button type="button" onClick={() => dialog.current?.showModal()}>
        {label}
      </button>
      <span role="status">{said}</span>
      <dialog ref={dialog} aria-label={label}>
        <form onSubmit={(event) => void submit(event)}>
          <p>{question}</p>
          {withReason && (
            <label>
              {say('operations.reason')}
              <input name="reason" maxLength={500} />
            </label>
          )}
          <p class="choices">
            <button type="submit" class="main">
              {say('operations.confirm')}
            </button>
            <button type="button" onClick={() => dialog.current?.close()}>
              {say('operations.cancel')}
            </button>
          </p>
        </form>
      </dialog>
    </span>
  );
}
