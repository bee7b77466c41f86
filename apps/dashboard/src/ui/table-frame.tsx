import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface TableFrameProps {
  /** What the table is about. */
  readonly label: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** Lets a wide table scroll by itself. While it does it takes the focus, so that the keyboard can scroll it. */
export function TableFrame({ label, class: more = '', children }: TableFrameProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const look = (): void => { setScrolls(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight); };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    look();
    return () => { observer.disconnect(); };
  }, []);
  const region = scrolls ? ({ role: 'region', 'aria-label': label, tabIndex: 0 } as const) : {};
  return (
    <div ref={frame} class={`table-frame ${more}`} {...region}>
      {children}
    </div>
  );
}
