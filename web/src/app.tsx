import { useEffect, useMemo } from 'preact/hooks';
import { client, dataOf, type Session } from './api.ts';
import { useAsked } from './asked.ts';
import { languageOf, Talking, talkIn } from './i18n/words.ts';
import { Frame } from './parts/frame.tsx';
import { SignIn } from './parts/sign-in.tsx';
import { Failed, Loading, NoPage } from './parts/states.tsx';
import { mayBeSignedIn } from './signed-in.ts';
import { follow, usePlace } from './url.ts';
import { viewAt } from './views.tsx';

/** The whole page: language, session, frame, and the view that the address names. */
export function App() {
  const { path, params } = usePlace();
  const language = languageOf(params.get('lang'));
  const talk = useMemo(() => talkIn(language), [language]);
  const session = useAsked<Session | undefined>(
    async () => (mayBeSignedIn() ? dataOf(client.GET('/v1/session')) : undefined),
    [],
  );
  const view = viewAt(path);

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = view === undefined ? 'Segue' : `${talk.say(view.label)} · Segue`;
  }, [language, view, talk]);
  useEffect(() => {
    document.addEventListener('click', follow);
    return () => document.removeEventListener('click', follow);
  }, []);

  const isSignedOut =
    (session.state === 'failed' && session.error.problem.status === 401) ||
    (session.state === 'ready' && session.value === undefined);
  const signedIn = session.state === 'ready' ? session.value : undefined;
  return (
    <Talking.Provider value={talk}>
      {isSignedOut ? (
        <SignIn onSignedIn={session.again} />
      ) : (
        <Frame session={signedIn}>
          {session.state === 'loading' && <Loading />}
          {session.state === 'failed' && <Failed asked={session} />}
          {signedIn !== undefined &&
            (view === undefined ? <NoPage /> : <view.View session={signedIn} params={params} />)}
        </Frame>
      )}
    </Talking.Provider>
  );
}
