// Loaded before the page is drawn, so that it never flashes in the other colours.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset['theme'] = theme;
} catch {
  // Without storage the system decides.
}
