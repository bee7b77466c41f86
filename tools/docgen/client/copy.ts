/** A button beside each block of code; where the browser has no clipboard for us there is none. */
export function offerCopying(): void {
  if (!('clipboard' in navigator)) return;
  for (const block of document.querySelectorAll<HTMLElement>('.code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', () => {
      const code = block.querySelector('code')?.textContent ?? '';
      navigator.clipboard.writeText(code).then(
        () => { tell(button, 'Copied'); },
        () => { tell(button, 'Not allowed'); },
      );
    });
    block.append(button);
  }
}

function tell(button: HTMLButtonElement, text: string): void {
  button.textContent = text;
  setTimeout(() => { button.textContent = 'Copy'; }, 1_500);
}
