/** The candidate that `text` is most likely a misspelling of, or undefined when none is close. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const reach = Math.max(2, Math.floor(text.length / 3));
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: distance(text.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= reach ? best.candidate : undefined;
}

/** Insertions, deletions and replacements of a character that lead from one text to the other. */
function distance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  [...from].forEach((character, row) => {
    const current = [row + 1];
    [...to].forEach((other, column) => {
      const replaced = (previous[column] ?? 0) + (character === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    });
    previous = current;
  });
  return previous[to.length] ?? 0;
}
