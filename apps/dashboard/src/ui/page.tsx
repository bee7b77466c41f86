import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export interface PageProps {
  readonly title: string;
  /** Small line above the title: where one comes from. */
  readonly above?: ComponentChildren;
  /** Buttons at the right of the title. */
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

let visited = 0;

/** Frame of a view. Takes the focus to its heading when one goes there, so that screen readers say where one is. */
export function Page({ title, above, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (visited++ > 0) heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${title} · Tributary`;
  }, [title]);
  return (
    <div class="page">
      <header class="page-header">
        <div class="page-heading">
          {above !== undefined && <p class="page-above">{above}</p>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
        </div>
        {actions !== undefined && <div class="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
