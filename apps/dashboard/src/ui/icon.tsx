/** Outlines on a grid of 16. */
const PATHS = {
  runs: 'M2.5 4h11M2.5 8h7M2.5 12h9',
  start: 'M5 3.2v9.6L12.8 8z',
  catalog: 'M3 4c0-2.4 10-2.4 10 0v8c0 2.4-10 2.4-10 0zM3 4c0 2.4 10 2.4 10 0M3 8c0 2.4 10 2.4 10 0',
  events: 'M2.5 13.5h11M4.5 11V7M8 11V3M11.5 11V5.5',
  entities: 'M8 2.5v4M3.5 13.5v-3.5h9v3.5M8 6.5V13.5M6.5 2.5h3',
  schedules: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 0 1 0-11M8 5v3.2l2.2 1.4',
  configurations: 'M2.5 4.5h6M12 4.5h1.5M10.2 2.8v3.4M2.5 11.5h1.5M7.5 11.5h6M5.8 9.8v3.4',
  rules: 'M9 2.5L4 9h4l-1 4.5L12 7H8z',
  sources: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01',
  docs: 'M3 2.5h7l3 3v8H3zM5.5 7h5M5.5 10h5',
  account: 'M8 2.5a2.8 2.8 0 1 1 0 5.6a2.8 2.8 0 0 1 0-5.6M2.8 13.5c.6-5 9.8-5 10.4 0',
  theme: 'M8 2.5v11a5.5 5.5 0 0 0 0-11M8 2.5a5.5 5.5 0 0 0 0 11',
  signOut: 'M6.5 2.5h-4v11h4M7 8h6.5M11 5.5l2.5 2.5l-2.5 2.5',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9M10.3 10.3l3.2 3.2',
  copy: 'M5.5 5.5h8v8h-8zM3 10.5h-.5v-8h8v.5',
  download: 'M8 2.5v8M4.8 7.5L8 10.7l3.2-3.2M2.5 13.5h11',
  external: 'M9 2.5h4.5V7M13.5 2.5L7 9M11.5 9.5v4h-9v-9h4',
  check: 'M3 8.5l3.2 3.2L13 5',
  cross: 'M4 4l8 8M12 4l-8 8',
  warning: 'M8 2.5l6 11H2zM8 6.5v3.2M8 11.6v.1',
  plus: 'M8 3v10M3 8h10',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3',
  chevron: 'M6 4l4 4l-4 4',
  filter: 'M2.5 3.5h11L9.5 8.5v4l-3 1v-5z',
} as const;

export type IconName = keyof typeof PATHS;

/** A small drawing beside a text that says the same; of itself nothing is read out. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
