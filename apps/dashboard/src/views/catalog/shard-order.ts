import type { Artifact } from '../../api/types.js';

/** What one finds one's way by comes first, so that a catalog beyond the limit lacks columns rather than tables. */
const ORDER = ['Database', 'Schema', 'Table', 'ForeignTable', 'View', 'MaterialisedView', 'PrimaryKey', 'ForeignKey', 'TablePartition', 'Column', 'UniqueConstraint'];

/** Shards of entities in the order in which they are read. */
export function shardsInOrder(artifacts: readonly Artifact[]): readonly Artifact[] {
  const rank = ({ typeName = '' }: Artifact): number => (ORDER.includes(typeName) ? ORDER.indexOf(typeName) : ORDER.length);
  return artifacts.filter(({ content }) => content === 'entities').sort((a, b) => rank(a) - rank(b));
}
