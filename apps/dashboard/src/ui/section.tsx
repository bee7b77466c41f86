import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface SectionProps {
  readonly title: string;
  /** Beside the title, quietly. */
  readonly note?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Section({ title, note, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section class="card section" aria-labelledby={id}>
      <div class="section-header">
        <h2 id={id}>
          {title} {note !== undefined && <span class="muted">{note}</span>}
        </h2>
        {actions !== undefined && <div class="toolbar">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
