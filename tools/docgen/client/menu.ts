/** On narrow screens the list of pages opens on demand. */
export function offerMenu(): void {
  const button = document.querySelector<HTMLButtonElement>('button.menu');
  const pages = document.querySelector<HTMLElement>('nav.pages');
  if (!button || !pages) return;
  button.hidden = false;
  const show = (open: boolean): void => {
    button.setAttribute('aria-expanded', String(open));
    pages.classList.toggle('open', open);
  };
  button.addEventListener('click', () => { show(button.getAttribute('aria-expanded') !== 'true'); });
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || button.getAttribute('aria-expanded') !== 'true') return;
    show(false);
    button.focus();
  });
  // The list is long: begin where the reader is.
  const current = pages.querySelector<HTMLElement>('[aria-current]');
  if (current) pages.scrollTop = current.offsetTop - pages.clientHeight / 2;
}
