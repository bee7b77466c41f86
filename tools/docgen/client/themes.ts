const THEMES = ['system', 'light', 'dark'] as const;

/** A button that goes through the colours: the system's, light, dark. */
export function offerThemes(): void {
  const button = document.querySelector<HTMLButtonElement>('button.theme');
  if (!button) return;
  const { dataset } = document.documentElement;
  const show = (): void => {
    button.textContent = `Theme: ${dataset['theme'] ?? 'system'}`;
  };
  button.hidden = false;
  show();
  button.addEventListener('click', () => {
    const next = THEMES[(THEMES.indexOf((dataset['theme'] ?? 'system') as (typeof THEMES)[number]) + 1) % THEMES.length] ?? 'system';
    if (next === 'system') delete dataset['theme'];
    else dataset['theme'] = next;
    try {
      localStorage.setItem('theme', next);
    } catch {
      // It holds for this page, then.
    }
    show();
  });
}
