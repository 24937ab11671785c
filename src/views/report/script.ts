import { html } from './html.js';

/**
 * The page's script: search and filters, and on paper every part open. It makes no markup (nothing captured is ever parsed a second time) and
 * reaches no network, and without it nothing is missing but the controls, which it shows first.
 */
export const reportScript = html`(() => {
  'use strict';
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const mostHits = 2000;
  const canMark = 'highlights' in CSS && typeof Highlight === 'function';
  const hits = new Map();

  const textNodes = function* (within) {
    const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) yield walker.currentNode;
  };
  const mark = (key, rows, wanted) => {
    if (!canMark) return;
    const ranges = [];
    for (const row of wanted === '' ? [] : rows) {
      for (const node of textNodes(row)) {
        const text = node.data.toLowerCase();
        // A letter that gets longer in lower case would move the rest.
        if (text.length !== node.data.length) continue;
        for (let at = text.indexOf(wanted); at !== -1 && ranges.length < mostHits; at = text.indexOf(wanted, at + wanted.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + wanted.length);
          ranges.push(range);
        }
      }
    }
    hits.set(key, ranges);
    CSS.highlights.set('hit', new Highlight(...[...hits.values()].flat()));
  };

  const texts = new WeakMap();
  const textOf = (row) => {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  };
  const opened = new Set();
  const unfold = (row, wanted) => {
    const details = row.querySelector('details');
    if (!details || details.open || details.querySelector('summary').textContent.toLowerCase().includes(wanted)) return;
    details.open = true;
    opened.add(details);
  };

  const rules = {
    from: (row, value) => row.dataset.from === value,
    kind: (row, value) => (value === 'odd' ? 'odd' in row.dataset : row.dataset.kind === value),
    state: (row, value) => row.dataset.state.split(' ').includes(value),
  };
  const begin = (box) => {
    const rows = all('tr[data-row]', document.getElementById(box.dataset.for));
    const [input] = all('input', box);
    const selects = all('select', box);
    const [said] = all('output', box);
    const apply = () => {
      const wanted = input.value.trim().toLowerCase();
      for (const details of opened) if (box.parentElement.contains(details)) details.open = opened.delete(details) && false;
      const shown = rows.filter((row) => {
        const fits = textOf(row).includes(wanted) && selects.every(({ name, value }) => value === '' || rules[name](row, value));
        row.hidden = !fits;
        const part = row.dataset.part && document.getElementById(row.dataset.part);
        if (part) part.hidden = !fits;
        return fits;
      });
      if (wanted.length > 1) for (const row of shown.slice(0, 50)) unfold(row, wanted);
      mark(box, shown, wanted);
      const everything = shown.length === rows.length && wanted === '' && selects.every(({ value }) => value === '');
      said.textContent = everything ? '' : shown.length + ' of ' + rows.length + ' shown';
    };
    let due = 0;
    box.addEventListener('input', () => {
      clearTimeout(due);
      due = setTimeout(apply, rows.length > 500 ? 120 : 0);
    });
    box.hidden = false;
  };
  for (const box of all('[data-for]')) begin(box);

  for (const button of all('button[data-open]')) {
    button.addEventListener('click', () => {
      for (const details of all('.exchange > details')) details.open = button.dataset.open === 'yes';
    });
  }
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    const details = target && (target.querySelector('details') || target.closest('details'));
    if (details && target.matches('.exchange')) details.open = true;
    else if (target && target.closest('.exchange > details')) target.closest('.exchange > details').open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  if (location.hash !== '') reveal();

  let folded = [];
  addEventListener('beforeprint', () => {
    folded = all('details:not([open])');
    for (const details of folded) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of folded) details.open = false;
    folded = [];
  });
})();
`;
