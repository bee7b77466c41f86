/** Gives anchors to the headings of one page, by the rule of those who show Markdown on the web: equal headings get a number. */
export class Slugs {
  readonly #given = new Set<string>();

  give(heading: string): string {
    const slug = heading.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replaceAll(' ', '-');
    let unique = slug;
    for (let count = 1; this.#given.has(unique); count += 1) unique = `${slug}-${count}`;
    this.#given.add(unique);
    return unique;
  }
}
