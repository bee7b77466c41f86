import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../workspace.js';
import { drawFlowchart } from './draw-flowchart.js';
import { parseFlowchart } from './parse-flowchart.js';

it('reads nodes of all shapes, arrows with and without text, sets of nodes, and groups', () => {
  const { direction, nodes, groups, edges } = parseFlowchart(`flowchart TB
    %% a remark
    a([user]) -- "asks, twice" --> b["two<br/>lines"]
    subgraph inside ["a group"]
      b -. now and then .-> c[(store)] & d
    end
    c --> e -->|piped| f
  `);
  expect(direction).toBe('TB');
  expect([...nodes].map(([id, { shape, lines, group }]) => [id, shape, lines, group])).toEqual([
    ['a', 'stadium', ['user'], undefined],
    ['b', 'box', ['two', 'lines'], undefined],
    ['c', 'cylinder', ['store'], 'inside'],
    ['d', 'box', ['d'], 'inside'],
    ['e', 'box', ['e'], undefined],
    ['f', 'box', ['f'], undefined],
  ]);
  expect([...groups]).toEqual([['inside', { title: 'a group', group: undefined }]]);
  expect(edges.map(({ from, to, label, dotted }) => [from, to, label, dotted])).toEqual([
    ['a', 'b', 'asks, twice', false],
    ['b', 'c', 'now and then', true],
    ['b', 'd', 'now and then', true],
    ['c', 'e', '', false],
    ['e', 'f', 'piped', false],
  ]);
});

it.each([
  ['sequenceDiagram\n  a->>b: hello', 'not "sequenceDiagram"'],
  ['flowchart LR\n  a ==> b', '"a ==> b" is no statement'],
  ['flowchart LR\n  a[open', 'lacks a "]"'],
  ['flowchart LR\n  subgraph x\n  a', '"x" has no "end"'],
  ['flowchart LR\n  end', 'has no subgraph'],
])('refuses what it cannot draw: %j', (text, message) => {
  expect(() => parseFlowchart(text)).toThrow(message);
});

it('draws every node, arrow and text as SVG without styles of its own, texts as texts', () => {
  const svg = drawFlowchart('flowchart LR\n  a[<b> & co] -- hands on --> b[(store)]\n');
  expect(svg).toContain('&lt;b&gt; &amp; co');
  expect(svg.match(/class="node"/g)).toHaveLength(2);
  expect(svg).toMatch(/class="edge" d="M[\d.]+ [\d.]+/);
  expect(svg).toContain('>hands on</text>');
  expect(svg).not.toMatch(/style=|NaN|<script/);
});

it('draws every diagram of our pages', () => {
  const pages = globSync('{README.md,docs/**/*.md}', { cwd: workspaceRoot });
  const diagrams = pages.flatMap((page) => [...readFileSync(join(workspaceRoot, page), 'utf8').matchAll(/```mermaid\n([\s\S]*?)```/g)].map(([, text = '']) => text));
  expect(diagrams.length).toBeGreaterThan(2);
  for (const diagram of diagrams) expect(drawFlowchart(diagram)).toMatch(/^<svg .*<\/svg>$/);
});
