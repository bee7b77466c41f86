/** A page before it is rendered. */
export interface SourcePage {
  /** Where it comes from, relative to the project's root, with `/`: what links to it name, and what faults are reported at. */
  readonly source: string;
  /** Where it goes to in the site: `guides/launchpad.html`. */
  readonly output: string;
  readonly markdown: string;
  /** Heading of the navigation that it stands under; without one it is in the site, but neither in navigation nor in the search. */
  readonly section: string | undefined;
  /** In the navigation, in place of its first heading. */
  readonly label?: string;
}

/** A heading of a page, with its anchor. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** What one section of a page says, for the search. */
export interface SearchSection {
  readonly id: string;
  readonly heading: string;
  readonly text: string;
}

/** A page whose Markdown has become HTML. */
export interface RenderedPage extends SourcePage {
  readonly title: string;
  readonly html: string;
  readonly headings: readonly Heading[];
  readonly sections: readonly SearchSection[];
}
