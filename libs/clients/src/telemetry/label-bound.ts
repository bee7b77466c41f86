export type LabelValues<L extends string> = Readonly<Record<L, string>>;

/** Distinct values per label of one metric; a label that takes more is a mistake that would fill the memory. */
const MOST_VALUES = 100;

/** Lets the first hundred values of each label through and turns later ones into `other`. */
export function boundLabels<L extends string>(labels: readonly L[]): (values: LabelValues<L>) => Record<L, string> {
  const seen = new Map<L, Set<string>>(labels.map((label) => [label, new Set()]));
  const bounded = (label: L, value: string): string => {
    const values = seen.get(label);
    if (!values || values.has(value)) return value;
    if (values.size >= MOST_VALUES) return 'other';
    values.add(value);
    return value;
  };
  return (values) =>
    Object.fromEntries(labels.map((label) => [label, bounded(label, values[label])])) as Record<L, string>;
}
