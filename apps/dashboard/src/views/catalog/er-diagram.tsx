import { useEffect, useRef } from 'preact/hooks';
import { count } from '../../lib/format.js';
import { TableFrame } from '../../ui/table-frame.js';
import { CHARACTER_WIDTH, HEADER_HEIGHT, ROW_HEIGHT, type Box, type Drawing, type Line } from './layout.js';

export interface ErDiagramProps {
  readonly drawing: Drawing;
  /** Name of the table in the middle. */
  readonly middle: string;
  readonly address: (table: string) => string;
}

/** Tables and their foreign keys. Each table is a link, which the keyboard reaches from left to right. */
export function ErDiagram({ drawing: { width, height, boxes, lines }, middle, address }: ErDiagramProps) {
  const drawn = useRef<SVGSVGElement>(null);
  const center = boxes.find(({ step }) => step === 0);
  const at = center ? center.x + center.width / 2 : 0;
  useEffect(() => {
    const frame = drawn.current?.parentElement;
    frame?.scrollTo({ left: at - frame.clientWidth / 2 });
  }, [at]);
  return (
    <TableFrame label="Diagram" class="diagram-frame">
      <svg ref={drawn} class="diagram" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`${middle} and the tables that foreign keys tie to it`}>
        {lines.map((line) => (
          <RelationLine key={`${line.relation.from} ${line.relation.name}`} line={line} />
        ))}
        {boxes.map((box) => (
          <TableBox key={box.table.qualifiedName} box={box} address={address(box.table.qualifiedName)} />
        ))}
      </svg>
    </TableFrame>
  );
}

/** Many rows of the left point to one of the right: a foot at the key, a bar at what it references. */
function RelationLine({ line: { relation, path, start, end } }: { readonly line: Line }) {
  const foot = start.x + start.side * 9;
  const bar = end.x + end.side * 7;
  return (
    <g class="diagram-line">
      <title>{`${relation.name}: ${relation.fromColumns.join(', ')} → ${relation.toColumns.join(', ')}`}</title>
      <path d={path} />
      <path d={`M${start.x} ${start.y - 5}L${foot} ${start.y}L${start.x} ${start.y + 5}`} />
      <path d={`M${bar} ${end.y - 5}V${end.y + 5}`} />
    </g>
  );
}

function TableBox({ box, address }: { readonly box: Box; readonly address: string }) {
  const { table, step, x, y, width, height, rows, more } = box;
  const keys = rows.filter(({ primary, foreign }) => primary || foreign).map(({ name }) => name);
  const about = `${table.schema}.${table.name}, ${count(table.columns.length)} columns${keys.length > 0 ? `, keys ${keys.join(', ')}` : ''}`;
  return (
    <a class={`diagram-table ${step === 0 ? 'middle' : ''}`} href={address} aria-current={step === 0 ? 'true' : undefined}>
      <title>{about}</title>
      <rect class="diagram-box" x={x} y={y} width={width} height={height} rx={7} />
      <path class="diagram-head" d={`M${x} ${y + HEADER_HEIGHT}V${y + 7}a7 7 0 0 1 7 -7H${x + width - 7}a7 7 0 0 1 7 7V${y + HEADER_HEIGHT}z`} />
      <text class="diagram-title" x={x + 12} y={y + 20}>
        {shortened(table.name, width - 24)}
      </text>
      {/* The title says the keys already. */}
      <g aria-hidden="true">
        {rows.map(({ name, primary, foreign }, at) => {
          const line = y + HEADER_HEIGHT + at * ROW_HEIGHT + 15;
          return (
            <g key={name}>
              <text class="diagram-key" x={x + 12} y={line}>
                {primary ? 'PK' : foreign ? 'FK' : ''}
              </text>
              <text class={primary || foreign ? 'diagram-column key' : 'diagram-column'} x={x + 36} y={line}>
                {shortened(name, width - 48)}
              </text>
            </g>
          );
        })}
        {more > 0 && (
          <text class="diagram-more" x={x + 36} y={y + HEADER_HEIGHT + rows.length * ROW_HEIGHT + 15}>
            {count(more)} more
          </text>
        )}
      </g>
    </a>
  );
}

function shortened(text: string, width: number): string {
  const most = Math.floor(width / CHARACTER_WIDTH);
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
