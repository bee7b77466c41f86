import MiniSearch from 'minisearch';
import { SEARCH_OPTIONS, type SearchDocument } from '../src/site/search-options.js';

interface SearchData {
  readonly index: string;
  readonly beginnings: Readonly<Record<string, string>>;
}

interface Search {
  readonly index: MiniSearch<SearchDocument>;
  readonly beginnings: SearchData['beginnings'];
}

const MOST_RESULTS = 12;

/** The field in the head of the page: results as one types, keys to choose among them, `/` to get there. */
export function offerSearch(): void {
  const form = document.querySelector<HTMLFormElement>('form.search');
  const input = form?.querySelector('input');
  const list = form?.querySelector('ul');
  if (!form || !input || !list) return;
  form.hidden = false;
  const root = document.documentElement.dataset['root'] ?? '.';
  let chosen = -1;

  const options = (): HTMLAnchorElement[] => [...list.querySelectorAll('a')];
  const choose = (index: number): void => {
    const all = options();
    all[chosen]?.setAttribute('aria-selected', 'false');
    chosen = all.length === 0 ? -1 : (index + all.length) % all.length;
    const option = all[chosen];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  };
  const close = (): void => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    choose(-1);
  };
  const show = async (): Promise<void> => {
    const query = input.value.trim();
    if (query === '') {
      close();
      return;
    }
    const search = await loadSearch(root);
    if (query !== input.value.trim()) return;
    list.replaceChildren(...results(search, query, root));
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    chosen = -1;
    choose(0);
  };

  input.addEventListener('focus', () => void loadSearch(root));
  input.addEventListener('input', () => void show());
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') choose(chosen + 1);
    else if (event.key === 'ArrowUp') choose(chosen - 1);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    options()[chosen]?.click();
  });
  list.addEventListener('click', close);
  document.addEventListener('click', ({ target }) => {
    if (!form.contains(target as Node)) close();
  });
  document.addEventListener('keydown', (event) => {
    const { target } = event;
    if (event.key !== '/' || (target instanceof HTMLElement && target.matches('input, textarea, select'))) return;
    event.preventDefault();
    input.focus();
  });
}

function results({ index, beginnings }: Search, query: string, root: string): HTMLLIElement[] {
  const found = index.search(query).slice(0, MOST_RESULTS);
  if (found.length === 0) {
    const nothing = document.createElement('li');
    nothing.className = 'nothing';
    nothing.textContent = `Nothing is found for "${query}". Try fewer words, or the beginning of one.`;
    return [nothing];
  }
  return found.map(({ id, title, heading }, position) => {
    const entry = document.createElement('li');
    entry.role = 'presentation';
    const link = document.createElement('a');
    link.href = `${root}/${String(id)}`;
    link.id = `found-${position}`;
    link.role = 'option';
    link.tabIndex = -1;
    link.append(line('strong', String(heading)), line('small', String(title)), line('span', beginnings[String(id)] ?? ''));
    entry.append(link);
    return entry;
  });
}

function line(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

let loading: Promise<Search> | undefined;

/** Loads the index when it is first asked for. */
function loadSearch(root: string): Promise<Search> {
  return (loading ??= new Promise<SearchData>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${root}/assets/search.js`;
    script.addEventListener('load', () => { resolve((globalThis as unknown as { tributarySearch: SearchData }).tributarySearch); });
    script.addEventListener('error', () => {
      loading = undefined;
      reject(new Error('The search index could not be loaded.'));
    });
    document.head.append(script);
  }).then(({ index, beginnings }) => ({ index: MiniSearch.loadJSON(index, SEARCH_OPTIONS), beginnings })));
}
