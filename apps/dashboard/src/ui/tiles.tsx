export interface Tile {
  readonly label: string;
  readonly value: string;
  readonly tone?: 'good' | 'bad' | 'warn' | undefined;
}

/** A row of figures. */
export function Tiles({ tiles }: { readonly tiles: readonly Tile[] }) {
  return (
    <dl class="tiles">
      {tiles.map(({ label, value, tone }) => (
        <div key={label} class="card tile">
          <dt>{label}</dt>
          <dd class={tone}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
