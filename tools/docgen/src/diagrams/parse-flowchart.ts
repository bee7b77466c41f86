/** A flowchart as the Markdown pages write it, in the part of Mermaid's language that they use. */
export interface Flowchart {
  readonly direction: 'LR' | 'TB';
  readonly nodes: ReadonlyMap<string, FlowNode>;
  readonly groups: ReadonlyMap<string, FlowGroup>;
  readonly edges: readonly FlowEdge[];
}

export interface FlowNode {
  readonly shape: 'box' | 'stadium' | 'cylinder';
  readonly lines: readonly string[];
  readonly group: string | undefined;
}

export interface FlowGroup {
  readonly title: string;
  readonly group: string | undefined;
}

export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly dotted: boolean;
}

const SHAPES = [
  { open: '[(', close: ')]', shape: 'cylinder' },
  { open: '([', close: '])', shape: 'stadium' },
  { open: '[', close: ']', shape: 'box' },
] as const;

const ARROW = /^(?:-->|-\.->|--\s+(?<plain>.+?)\s+-->|-\.\s+(?<dotted>.+?)\s+\.->)\s*(?:\|(?<piped>[^|]*)\|\s*)?/;

/**
 * Reads a Mermaid flowchart: boxes, stadiums and cylinders, arrows with and without text, `&`, subgraphs.
 * @throws Error that quotes the line which is something else
 */
export function parseFlowchart(text: string): Flowchart {
  const nodes = new Map<string, FlowNode>();
  const groups = new Map<string, FlowGroup>();
  const edges: FlowEdge[] = [];
  const open: string[] = [];
  const [head = '', ...lines] = text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('%%'));
  const direction = /^(?:flowchart|graph) (LR|TD|TB)$/.exec(head)?.[1];
  if (direction === undefined) throw new Error(`Only flowcharts that run LR, TD or TB can be drawn, not "${head}".`);

  for (const line of lines) {
    const group = /^subgraph (\w+)(?: \["(.*)"\])?$/.exec(line);
    if (group) {
      const [, id = '', title = id] = group;
      groups.set(id, { title, group: open.at(-1) });
      open.push(id);
    } else if (line === 'end') {
      if (open.pop() === undefined) throw new Error('An "end" has no subgraph.');
    } else {
      readStatement(line, { nodes, edges, group: open.at(-1) });
    }
  }
  if (open.length > 0) throw new Error(`The subgraph "${open.join('", "')}" has no "end".`);
  return { direction: direction === 'LR' ? 'LR' : 'TB', nodes, groups, edges };
}

interface Statement {
  readonly nodes: Map<string, FlowNode>;
  readonly edges: FlowEdge[];
  readonly group: string | undefined;
}

function readStatement(line: string, target: Statement): void {
  const cursor = { rest: line };
  let from = readNodes(cursor, line, target);
  while (cursor.rest !== '') {
    const arrow = ARROW.exec(cursor.rest);
    if (!arrow) throw new Error(`"${line}" is no statement that can be drawn.`);
    cursor.rest = cursor.rest.slice(arrow[0].length);
    const { plain, dotted, piped } = arrow.groups ?? {};
    const label = unquote(plain ?? dotted ?? piped ?? '');
    const to = readNodes(cursor, line, target);
    for (const start of from) {
      for (const end of to) target.edges.push({ from: start, to: end, label, dotted: arrow[0].startsWith('-.') });
    }
    from = to;
  }
}

/** Nodes that stand together: `a & b[Text]`. */
function readNodes(cursor: { rest: string }, line: string, target: Statement): string[] {
  const ids: string[] = [];
  do {
    cursor.rest = cursor.rest.replace(/^\s*&?\s*/, '');
    const id = /^\w+/.exec(cursor.rest)?.[0];
    if (id === undefined) throw new Error(`"${line}" is no statement that can be drawn.`);
    cursor.rest = cursor.rest.slice(id.length);
    const shape = SHAPES.find(({ open }) => cursor.rest.startsWith(open));
    const known = target.nodes.get(id);
    if (shape) {
      const end = cursor.rest.indexOf(shape.close);
      if (end < 0) throw new Error(`"${line}" lacks a "${shape.close}".`);
      const lines = unquote(cursor.rest.slice(shape.open.length, end)).split(/<br\s*\/?>/);
      target.nodes.set(id, { shape: shape.shape, lines, group: known?.group ?? target.group });
      cursor.rest = cursor.rest.slice(end + shape.close.length);
    } else if (!known) {
      target.nodes.set(id, { shape: 'box', lines: [id], group: target.group });
    }
    cursor.rest = cursor.rest.trimStart();
    ids.push(id);
  } while (cursor.rest.startsWith('&'));
  return ids;
}

function unquote(text: string): string {
  return text.trim().replace(/^"(.*)"$/, '$1');
}
