import { signal } from '../lib/signal.js';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORED = 'tributary.theme';

export const theme = signal<Theme>(THEMES.find((name) => name === localStorage.getItem(STORED)) ?? 'system');

/** Shows the page in a theme from now on; `system` follows the browser. */
export function setTheme(next: Theme): void {
  localStorage.setItem(STORED, next);
  theme.set(next);
  applyTheme();
}

export function applyTheme(): void {
  const name = theme.get();
  if (name === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = name;
}
