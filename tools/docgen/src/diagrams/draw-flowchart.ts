import { createHash } from 'node:crypto';
import * as dagre from '@dagrejs/dagre';
import { escapeHtml } from '../site/escape.js';
import { parseFlowchart, type FlowNode } from './parse-flowchart.js';

/** What is used of the library, whose own types cannot be resolved from CommonJS. */
interface LayoutGraph {
  setGraph(label: object): void;
  setNode(id: string, label: object): void;
  setParent(id: string, parent: string): void;
  setEdge(from: string, to: string, label: object, name: string): void;
  graph(): Partial<Place>;
  node(id: string): Place;
  edge(from: string, to: string, name: string): EdgePlace;
}

const { Graph, layout } = dagre as unknown as {
  Graph: new (options: { compound: boolean; multigraph: boolean }) => LayoutGraph;
  layout: (graph: LayoutGraph) => void;
};

/** Width of a letter at the size of the stylesheet, in pixels, a little above the average of sans-serif fonts. */
const LETTER = 7.2;
const LINE = 18;
const PADDING = { x: 14, y: 9 };
const CAP = 6;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A Mermaid flowchart as SVG, coloured by the classes of the site's stylesheet.
 * @throws Error when it uses what cannot be drawn
 */
export function drawFlowchart(source: string): string {
  const { direction, nodes, groups, edges } = parseFlowchart(source);
  const graph = new Graph({ compound: true, multigraph: true });
  graph.setGraph({ rankdir: direction, nodesep: 28, ranksep: 44, edgesep: 16, marginx: 8, marginy: 8 });
  for (const [id, { title }] of groups) graph.setNode(id, { label: title });
  for (const [id, node] of nodes) graph.setNode(id, sizeOf(node));
  for (const [id, { group }] of [...groups, ...nodes]) if (group !== undefined) graph.setParent(id, group);
  for (const [index, { from, to, label }] of edges.entries()) {
    graph.setEdge(from, to, { width: label === '' ? 0 : label.length * LETTER + 8, height: label === '' ? 0 : LINE, labelpos: 'c' }, String(index));
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const arrow = `arrow-${createHash('sha256').update(source).digest('hex').slice(0, 8)}`;
  const place = (id: string): Place => graph.node(id);
  const drawn = [
    ...[...groups].map(([id, { title }]) => drawGroup(place(id), title)),
    ...edges.map(({ from, to, label, dotted }, index) => drawEdge(graph.edge(from, to, String(index)), { label, dotted, arrow })),
    ...[...nodes].map(([id, node]) => drawNode(place(id), node)),
  ];
  return [
    `<svg class="diagram" role="img" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" width="${Math.ceil(width)}" height="${Math.ceil(height)}">`,
    `<title>${escapeHtml([...nodes.values()].map(({ lines }) => lines[0]).join(', '))}</title>`,
    `<defs><marker id="${arrow}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker></defs>`,
    ...drawn,
    '</svg>',
  ].join('');
}

function sizeOf({ shape, lines }: FlowNode): { width: number; height: number } {
  const width = Math.max(...lines.map((line) => line.length)) * LETTER + 2 * PADDING.x;
  return { width, height: lines.length * LINE + 2 * PADDING.y + (shape === 'cylinder' ? 2 * CAP : 0) };
}

function drawNode({ x, y, width, height }: Place, { shape, lines }: FlowNode): string {
  const [left, top] = [x - width / 2, y - height / 2];
  const box = `x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}"`;
  const outline =
    shape === 'cylinder'
      ? cylinder(left, top, width, height)
      : `<rect ${box} rx="${shape === 'stadium' ? round(height / 2) : 5}"/>`;
  const first = y - ((lines.length - 1) * LINE) / 2 + (shape === 'cylinder' ? CAP / 2 : 0);
  const texts = lines.map((line, index) => text(x, first + index * LINE, line)).join('');
  return `<g class="node">${outline}${texts}</g>`;
}

function cylinder(left: number, top: number, width: number, height: number): string {
  const [x, y, rx] = [round(left), round(top + CAP), round(width / 2)];
  const cap = `a${rx} ${CAP} 0 0 1 ${round(width)} 0`;
  const body = `M${x} ${y}${cap}v${round(height - 2 * CAP)}a${rx} ${CAP} 0 0 1 ${round(-width)} 0z`;
  return `<path d="${body}"/><path class="line" d="M${x} ${y}a${rx} ${CAP} 0 0 0 ${round(width)} 0"/>`;
}

function drawGroup({ x, y, width, height }: Place, title: string): string {
  const [left, top] = [x - width / 2, y - height / 2];
  return `<g class="group"><rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" rx="8"/>${text(x, top + LINE / 2 + 3, title)}</g>`;
}

interface EdgePlace {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
}

function drawEdge({ points, x = 0, y = 0, width, height }: EdgePlace, look: { label: string; dotted: boolean; arrow: string }): string {
  const { label, dotted, arrow } = look;
  const path = `<path class="edge${dotted ? ' dotted' : ''}" d="${curve(points)}" marker-end="url(#${arrow})"/>`;
  if (label === '') return path;
  const behind = `<rect class="behind" x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${round(width)}" height="${round(height)}"/>`;
  return `${path}<g class="label">${behind}${text(x, y, label)}</g>`;
}

/** Through the points, with rounded corners: each bend is a curve from the middle of one piece to that of the next. */
function curve(points: EdgePlace['points']): string {
  const at = ({ x, y }: { x: number; y: number }): string => `${round(x)} ${round(y)}`;
  const [start, ...others] = points;
  const end = others.pop();
  if (!start || !end) return '';
  const bends = others.map((point, index) => {
    const next = others[index + 1] ?? end;
    return `Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`;
  });
  return `M${at(start)}${bends.join('')}L${at(end)}`;
}

function text(x: number, y: number, content: string): string {
  return `<text x="${round(x)}" y="${round(y)}">${escapeHtml(content)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
