import { useState } from 'preact/hooks';
import type { ApiError } from '../api.ts';
import { client, dataOf } from '../api.ts';
import { useTalk } from '../i18n/words.ts';
import { noteSignedIn } from '../signed-in.ts';
import { addressOf, go, place } from '../url.ts';

/** Asks for a key once; the session's cookie stands for it from then on. */
export function SignIn({ onSignedIn }: { onSignedIn: () => void }) {
  const { say, language } = useTalk();
  const [fault, setFault] = useState<string>();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem('key') as HTMLInputElement;
    try {
      await dataOf(client.POST('/v1/session', { headers: { 'X-API-Key': field.value.trim() } }));
      field.value = '';
      noteSignedIn(true);
      onSignedIn();
    } catch (error) {
      const { status, title, detail } = (error as ApiError).problem;
      setFault(
        status === 401 || status === 403
          ? say('signIn.wrong')
          : (detail ?? title) || say('state.unreachable'),
      );
    }
  };
  return (
    <main class="sign-in" id="content">
      <p class="brand">Segue</p>
      <h1 tabIndex={-1}>{say('signIn.title')}</h1>
      <p>{say('signIn.lead')}</p>
      <form onSubmit={(event) => void submit(event)}>
        <input type="text" name="username" autocomplete="username" value="segue" hidden readOnly />
        <label for="key">{say('signIn.key')}</label>
        <input
          id="key"
          name="key"
          type="password"
          autocomplete="current-password"
          required
          aria-describedby="hint fault"
        />
        <p class="note" id="hint">
          {say('signIn.hint')}
        </p>
        <p class="fault" id="fault" role="alert">
          {fault}
        </p>
        <button type="submit" class="main">
          {say('signIn.submit')}
        </button>
      </form>
      <button
        type="button"
        class="plain"
        lang={language === 'en' ? 'es' : 'en'}
        onClick={() => go(addressOf(place().path, { lang: language === 'en' ? 'es' : 'en' }), 'replace')}
      >
        {say('nav.language')}
      </button>
    </main>
  );
}
