import { useEffect, useRef } from 'preact/hooks';
import { getCaller, type Caller } from '../api/caller.js';
import { useResource, type Resource } from '../lib/use-resource.js';
import { useSignal } from '../lib/use-signal.js';
import type { Location } from '../router/route.js';
import { useLocation } from '../router/use-location.js';
import { CallerContext, useMay } from '../session/caller.js';
import { roleDoubted, signOut } from '../session/session.js';
import { FailureBoundary } from '../ui/failure-boundary.js';
import { Icon } from '../ui/icon.js';
import { Page } from '../ui/page.js';
import { ProblemNotice } from '../ui/problem-notice.js';
import { VIEWS } from '../views/index.js';
import { Account } from './account.js';
import { Logo } from './logo.js';
import { focusSearch } from './shortcuts.js';
import { setTheme, theme, THEMES } from './theme.js';
import { ViewOutlet } from './view-outlet.js';

const THEME_NAMES = { system: 'as the system', light: 'light', dark: 'dark' } as const;

/** Navigation beside the view that the address names, for whoever is signed in. */
export function Shell() {
  const location = useLocation();
  const caller = useResource('caller', (signal) => getCaller({ signal }));
  const { reload } = caller;
  useEffect(() => roleDoubted.subscribe(reload), [reload]);
  useEffect(() => {
    addEventListener('keydown', focusSearch);
    return () => { removeEventListener('keydown', focusSearch); };
  }, []);
  return (
    <CallerContext value={caller.value}>
      <div class="shell">
        <a
          class="skip-link"
          href="#main"
          onClick={(event) => {
            // The hash is the router's.
            event.preventDefault();
            document.getElementById('main')?.focus();
          }}
        >
          Skip to content
        </a>
        <header class="side">
          <a class="side-logo" href="#/runs" aria-label="Tributary, to the runs">
            <Logo />
          </a>
          <Navigation section={location.segments[0] ?? 'runs'} />
          <div class="side-end">
            <a href="/docs/" target="_blank" rel="noreferrer">
              <Icon name="docs" />
              <span>Documentation</span>
            </a>
            <ThemeSwitch />
            {caller.value && <Account caller={caller.value} />}
            <button type="button" class="quiet" onClick={() => { signOut(); }}>
              <Icon name="signOut" />
              <span>Sign out</span>
            </button>
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          <Content caller={caller} location={location} />
        </main>
      </div>
    </CallerContext>
  );
}

/** The views that the caller may use. */
function Navigation({ section }: { readonly section: string }) {
  const may = useMay();
  const list = useRef<HTMLUListElement>(null);
  // In a narrow window the sections lie beside each other, and some of them out of sight.
  useEffect(() => { list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }); }, [section]);
  return (
    <nav aria-label="Main">
      <ul ref={list}>
        {VIEWS.flatMap(({ route, title, navigation, needs }) =>
          navigation === undefined || (needs && !needs.some((operation) => may(operation)))
            ? []
            : [
                <li key={route}>
                  <a href={`#/${route}`} aria-current={route === section ? 'page' : undefined}>
                    <Icon name={navigation.icon} />
                    <span>{title}</span>
                  </a>
                </li>,
              ],
        )}
      </ul>
    </nav>
  );
}

/** What a view offers depends on who looks at it. */
function Content({ caller: { value, problem, reload }, location }: { readonly caller: Resource<Caller>; readonly location: Location }) {
  if (value) {
    return (
      <FailureBoundary key={location.segments.join('/')}>
        <ViewOutlet location={location} />
      </FailureBoundary>
    );
  }
  if (!problem) return <p class="loading">Loading…</p>;
  return (
    <Page title="Tributary">
      <ProblemNotice problem={problem} retry={reload} />
    </Page>
  );
}

function ThemeSwitch() {
  const current = useSignal(theme);
  const next = THEMES[(THEMES.indexOf(current) + 1) % THEMES.length] ?? 'system';
  return (
    <button type="button" class="quiet" aria-label={`Theme: ${THEME_NAMES[current]}. Change to ${THEME_NAMES[next]}`} onClick={() => { setTheme(next); }}>
      <Icon name="theme" />
      <span>Theme: {THEME_NAMES[current]}</span>
    </button>
  );
}
