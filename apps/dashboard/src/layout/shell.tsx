import { useEffect } from 'preact/hooks';
import { useSignal } from '../lib/use-signal.js';
import { useLocation } from '../router/use-location.js';
import { signOut } from '../session/session.js';
import { FailureBoundary } from '../ui/failure-boundary.js';
import { Icon } from '../ui/icon.js';
import { VIEWS } from '../views/index.js';
import { Logo } from './logo.js';
import { focusSearch } from './shortcuts.js';
import { setTheme, theme, THEMES } from './theme.js';
import { ViewOutlet } from './view-outlet.js';

const THEME_NAMES = { system: 'System', light: 'Light', dark: 'Dark' } as const;

/** Navigation beside the view that the address names. */
export function Shell() {
  const location = useLocation();
  const [section = 'runs'] = location.segments;
  useEffect(() => {
    addEventListener('keydown', focusSearch);
    return () => { removeEventListener('keydown', focusSearch); };
  }, []);
  return (
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
        <nav aria-label="Main">
          <ul>
            {VIEWS.flatMap(({ route, title, navigation }) =>
              navigation === undefined
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
        <div class="side-end">
          <a href="/docs/" target="_blank" rel="noreferrer">
            <Icon name="docs" />
            <span>Documentation</span>
          </a>
          <ThemeSwitch />
          <button type="button" class="quiet" onClick={() => { signOut(); }}>
            <Icon name="signOut" />
            <span>Sign out</span>
          </button>
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <FailureBoundary key={location.segments.join('/')}>
          <ViewOutlet location={location} />
        </FailureBoundary>
      </main>
    </div>
  );
}

function ThemeSwitch() {
  const current = useSignal(theme);
  const next = THEMES[(THEMES.indexOf(current) + 1) % THEMES.length] ?? 'system';
  return (
    <button type="button" class="quiet" aria-label={`Theme: ${THEME_NAMES[current]}. Change to ${THEME_NAMES[next]}`} onClick={() => { setTheme(next); }}>
      <Icon name="theme" />
      <span>{THEME_NAMES[current]}</span>
    </button>
  );
}
