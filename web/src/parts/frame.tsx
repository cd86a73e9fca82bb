import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { client, type Session } from '../api.ts';
import { useTalk } from '../i18n/words.ts';
import { noteSignedIn } from '../signed-in.ts';
import { addressOf, go, place } from '../url.ts';
import { VIEWS } from '../views.tsx';

/** What surrounds every view: its way here, who is signed in, the language. */
export function Frame({ session, children }: { session: Session | undefined; children: ComponentChildren }) {
  const { say, language } = useTalk();
  const { path } = place();
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => current.current?.scrollIntoView({ block: 'nearest', inline: 'center' }), [path]);
  return (
    <>
      <a class="skip" href="#content">
        {say('nav.skip')}
      </a>
      <header class="top">
        <a class="brand" href={addressOf('/')} data-inside>
          Segue
        </a>
        <nav aria-label={say('nav.label')}>
          {VIEWS.map((view) => (
            <a
              key={view.path}
              href={addressOf(view.path)}
              data-inside
              aria-current={view.path === path ? 'page' : undefined}
              ref={view.path === path ? current : null}
            >
              {say(view.label)}
            </a>
          ))}
        </nav>
        <div class="tools">
          <button
            type="button"
            class="plain"
            lang={language === 'en' ? 'es' : 'en'}
            onClick={() => go(addressOf(path, { lang: language === 'en' ? 'es' : 'en' }), 'replace')}
          >
            {say('nav.language')}
          </button>
          <a href="/docs">{say('nav.docs')}</a>
          {session !== undefined && (
            <button
              type="button"
              class="plain"
              title={say('nav.signedIn', { key: session.key, scopes: session.scopes.join(', ') })}
              onClick={() => void signOut()}
            >
              {say('nav.signOut')}
            </button>
          )}
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

async function signOut(): Promise<void> {
  await client.DELETE('/v1/session');
  noteSignedIn(false);
  location.reload();
}
