import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { EntityType } from '../../api/entities.js';
import { words } from '../../lib/format.js';
import { Icon } from '../../ui/icon.js';
import { HealthBadge } from './health-badge.js';
import type { EntityNode } from './node.js';
import { treeMove, type TreeRow } from './tree-keys.js';
import { useChildren, type Nodes } from './use-entities.js';

export interface TreeProps {
  readonly types: readonly EntityType[];
  readonly roots: Nodes;
  readonly showMore: () => void;
  readonly selected: EntityNode | undefined;
  readonly select: (node: EntityNode) => void;
}

interface TreeState {
  readonly types: readonly EntityType[];
  readonly expanded: ReadonlySet<string>;
  readonly toggle: (key: string, open: boolean) => void;
  /** The one item that the tab key reaches. */
  readonly active: string | undefined;
  readonly activate: (key: string) => void;
  readonly selected: string | undefined;
  readonly select: (node: EntityNode) => void;
}

const TreeContext = createContext<TreeState | undefined>(undefined);

/**
 * Entities below each other, as a tree that the arrow keys walk. Its items are one list with levels: an item within
 * another would be read out with it.
 */
export function Tree({ types, roots: { nodes, more }, showMore, selected, select }: TreeProps) {
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string>();
  const list = useRef<HTMLUListElement>(null);
  const [first] = nodes;
  // A tree with one root is of no use while it is shut.
  const only = nodes.length === 1 ? first?.key : undefined;
  useEffect(() => {
    if (only !== undefined) setExpanded((before) => new Set(before).add(only));
  }, [only]);
  useEffect(() => {
    // The entity that was reached last may have ended, or lie in what was shut.
    if (first && !list.current?.querySelector('[data-key][tabindex="0"]')) setActive(first.key);
  });
  const toggle = (key: string, open: boolean): void => {
    setExpanded((before) => {
      const next = new Set(before);
      if (open) next.add(key);
      else next.delete(key);
      return next;
    });
  };
  const pressed = (event: KeyboardEvent): void => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-key]') ?? [])];
    const rows = items.map((item): TreeRow => ({ key: item.dataset['key'] ?? '', level: Number(item.ariaLevel), expanded: item.ariaExpanded === null ? undefined : item.ariaExpanded === 'true' }));
    const current = (event.target as HTMLElement).closest<HTMLElement>('[data-key]')?.dataset['key'] ?? '';
    const move = treeMove(rows, current, event.key);
    if (!move) return;
    event.preventDefault();
    if ('expand' in move) toggle(move.expand, true);
    else if ('collapse' in move) toggle(move.collapse, false);
    else items.find((item) => item.dataset['key'] === move.focus)?.focus();
  };
  const state: TreeState = { types, expanded, toggle, active: active ?? selected?.key ?? first?.key, activate: setActive, selected: selected?.key, select };
  return (
    <TreeContext value={state}>
      <ul ref={list} class="tree" role="tree" aria-label="Entities" onKeyDown={pressed}>
        {nodes.map((node) => (
          <Item key={node.key} node={node} level={1} />
        ))}
        {more && <More of="roots" level={1} show={showMore} />}
      </ul>
    </TreeContext>
  );
}

/** Datasets are the leaves of every tree. */
function canHaveChildren({ entity }: EntityNode): boolean {
  return entity !== 'Dataset';
}

function Item({ node, level }: { readonly node: EntityNode; readonly level: number }) {
  const tree = useContext(TreeContext);
  const row = useRef<HTMLLIElement>(null);
  if (!tree) return null;
  const { key, name, id, entity, health, trouble } = node;
  const opens = canHaveChildren(node);
  const open = opens && tree.expanded.has(key);
  const choose = (): void => {
    tree.select(node);
    row.current?.focus();
  };
  return (
    <>
      <li
        ref={row}
        role="treeitem"
        data-key={key}
        aria-level={level}
        aria-selected={tree.selected === key}
        aria-expanded={opens ? open : undefined}
        tabIndex={tree.active === key ? 0 : -1}
        class={`tree-row level-${Math.min(level, 4)}`}
        onFocus={() => { tree.activate(key); }}
        onClick={choose}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          choose();
        }}
      >
        <span
          class="tree-fold"
          aria-hidden="true"
          onClick={(event) => {
            if (!opens) return;
            event.stopPropagation();
            tree.toggle(key, !open);
          }}
        >
          {opens && <Icon name="chevron" />}
        </span>
        <span class="tree-name" title={name === id ? id : `${name} (${id})`}>
          {name}
          <span class="hidden-visually">, {words(entity).toLowerCase()}</span>
        </span>
        {trouble !== undefined && <span class="badge warn plain">{trouble}</span>}
        {health !== undefined && <HealthBadge health={health} />}
      </li>
      {open && <Children node={node} level={level + 1} />}
    </>
  );
}

function Children({ node, level }: { readonly node: EntityNode; readonly level: number }) {
  const tree = useContext(TreeContext);
  const [pages, setPages] = useState(1);
  const { value, problem } = useChildren(node, tree?.types ?? [], pages);
  return (
    <>
      {value?.nodes.map((child) => <Item key={child.key} node={child} level={level} />)}
      {value?.more === true && <More of={node.key} level={level} show={() => { setPages(pages + 1); }} />}
      {!value && <Note level={level} text={problem ? `${problem.detail} ${problem.fix}` : 'Loading…'} />}
      {value?.nodes.length === 0 && <Note level={level} text="Nothing is below it yet." />}
    </>
  );
}

function Note({ level, text }: { readonly level: number; readonly text: string }) {
  return (
    <li role="treeitem" aria-level={level} aria-disabled="true" tabIndex={-1} class={`tree-note level-${Math.min(level, 4)}`}>
      {text}
    </li>
  );
}

function More({ of, level, show }: { readonly of: string; readonly level: number; readonly show: () => void }) {
  return (
    <li
      role="treeitem"
      data-key={`more ${of}`}
      aria-level={level}
      tabIndex={-1}
      class={`tree-note level-${Math.min(level, 4)}`}
      onClick={show}
      onKeyDown={(event) => {
        if (event.key === 'Enter') show();
      }}
    >
      <span class="tree-more">Show more</span>
    </li>
  );
}
