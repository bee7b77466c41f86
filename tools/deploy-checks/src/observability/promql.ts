import { parser } from '@prometheus-io/lezer-promql';

/** What a PromQL expression names. */
export interface Expression {
  /** Names of series, as `x_seconds_bucket`, each with the labels that its matchers name. */
  readonly selectors: readonly { readonly series: string; readonly labels: readonly string[] }[];
  /** Labels that it groups by or matches on. */
  readonly grouping: readonly string[];
}

type Node = ReturnType<typeof parser.parse>['topNode'];

/** @throws Error when the text is no PromQL */
export function readExpression(text: string): Expression {
  const selectors: { series: string; labels: string[] }[] = [];
  const grouping: string[] = [];
  const textOf = ({ from, to }: Node): string => text.slice(from, to);
  parser.parse(text).iterate({
    enter({ type, node, from }) {
      if (type.isError) throw new Error(`No PromQL at ${String(from)}: ${text}`);
      if (type.name === 'VectorSelector') {
        const name = node.getChild('Identifier');
        const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
        const labels = matchers.flatMap((matcher) => matcher.getChildren('LabelName').map(textOf));
        selectors.push({ series: name ? textOf(name) : '', labels });
      }
      if (type.name === 'GroupingLabels') grouping.push(...node.getChildren('LabelName').map(textOf));
    },
  });
  return { selectors, grouping };
}
