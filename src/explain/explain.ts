import type { Cause } from '../model/finding.js';
import { closeCode, findCloseCodes } from './close-codes.js';
import { leadIns } from './lead-ins.js';
import { findStatuses } from './loose-statuses.js';
import { findWords } from './loose-words.js';
import { messages } from './messages.js';
import { type NextStep, nextStep } from './next-step.js';
import { plainText } from './plain-text.js';
import { anyClient, type Said } from './read-said.js';
import { belongs, reachOf } from './scene.js';
import { seeMore } from './see-more.js';
import { codesOfStatus } from './statuses.js';
import { findTemplate, type Hit, parseTemplate } from './template.js';

/** One message of a client that stands in a text. */
export interface Explanation {
  /** Who says it: one client, or several with commas where the text does not tell. */
  readonly client: string;
  readonly clients: readonly string[];
  /** The message as it stands in the text, without escapes of terminals. Unescaped otherwise: whoever shows it escapes it. */
  readonly text: string;
  readonly when: string;
  /** Of the most likely code; null where nothing is wrong. */
  readonly cause: Cause | null;
  /** The most likely first. */
  readonly codes: readonly string[];
  readonly status: number | null;
  readonly closeCode: number | null;
  /** The client hides the reason: `codes` holds what it may be, and the wire alone tells. */
  readonly saysNothing: boolean;
  /** For a message that says nothing: where the client shows more. */
  readonly seeMore: string | null;
  /** How often it stands there. */
  readonly times: number;
  readonly next: NextStep;
  /** Where the wording is known from. */
  readonly sources: readonly string[];
}

interface Found extends Hit {
  readonly said: Said;
  readonly clients: readonly string[];
  /** Characters that are the message's own. */
  readonly weight: number;
}

const prepared = messages.map((said) => ({ said, reach: reachOf(said) }));
/** A message that was wrapped is not longer; a log that is joined to one line would lose what keeps its lines apart. */
const mostWrapped = 1200;
/** Characters between a message that says nothing and the one that says it better. */
const nearby = 600;

/**
 * Finds the messages of WebSocket clients in a text: one line, a stack trace, a whole log. The most telling first, none twice; empty when
 * there is none. Takes a time in proportion to the text.
 */
export const explain = (input: string): readonly Explanation[] => {
  const text = plainText(input);
  const found = search(text);
  // A message that was wrapped by a terminal, a mail or an issue tracker.
  const rejoined =
    found.length === 0 && text.length <= mostWrapped && text.includes('\n') ? text.replace(/\s{0,80}\n\s{0,80}/g, ' ') : text;
  const all = rejoined === text ? found : search(rejoined);
  const read = all.length > 0 ? rejoined : text;
  const known = [...summed(all, read), ...closeCodesIn(read, all)];
  const words = wordsIn(read, known);
  // `websocket error: the origin is not allowed`: the rest of its line says what a client's own sentence does not.
  const silenced = ({ saysNothing, closeCode: code, text: said }: Explanation) =>
    saysNothing && code === null && words.some((word) => word.text.includes(said));
  return [...known.filter((one) => !silenced(one)), ...words].sort(bySense);
};

/** The last resort, where no table has the message, or only one that says nothing. */
const wordsIn = (text: string, known: readonly Explanation[]): readonly Explanation[] => {
  if (known.some(({ saysNothing }) => !saysNothing)) return [];
  const codesAlone = known.every(({ closeCode: code }) => code !== null);
  return findWords(text)
    .map(
      ({ from, to, when, codes, saysNothing }): Explanation => ({
        client: anyClient,
        clients: [anyClient],
        text: text.slice(from, to),
        when: `${when}: so it seems from the words, for the message itself is not known here`,
        cause: causeOf(codes[0]),
        codes,
        status: null,
        closeCode: null,
        saysNothing,
        seeMore: saysNothing ? seeMore([]) : null,
        times: 1,
        next: nextStep(text, { from, to, url: null, clients: [], code: saysNothing ? undefined : codes[0] }),
        sources: ['the words alone'],
      }),
    )
    .filter(
      (word) => known.length === 0 || (!word.saysNothing && (codesAlone || known.some(({ text: said }) => word.text.includes(said)))),
    );
};

const search = (text: string): readonly Found[] => {
  const leads = leadIns.flatMap(({ template, clients }) => findTemplate(template, text).map((hit) => ({ ...hit, clients })));
  const hits = prepared.flatMap(({ said, reach }) =>
    findTemplate(said.template, text)
      .filter((hit) => belongs(reach, text, hit))
      .map((hit): Found => {
        const lead = leads
          .filter(({ to }) => to <= hit.from && hit.from - to <= 200 && !text.slice(to, hit.from).trim().includes('\n'))
          .at(-1);
        const told = lead?.clients.filter((client) => said.clients.includes(client)) ?? [];
        const close = lead && /^[^\p{L}]{0,4}$/u.test(text.slice(lead.to, hit.from));
        return {
          ...hit,
          said,
          clients: told.length > 0 ? told : lead && close ? lead.clients.slice(0, 1) : said.clients,
          from: lead && close ? lead.from : hit.from,
          url: hit.url ?? lead?.url ?? null,
          weight: said.template.weight,
        };
      }),
  );
  const kept = withoutWeaker([...hits, ...statusesIn(text)]);
  const telling = kept.filter(({ said }) => said !== loose && silenceOf(said) === 0);
  return kept.filter((hit) => hit.said !== loose || !telling.some((other) => areNear(hit, other)));
};

/** A status beside words of WebSockets and of failure: what is left where no message is known. */
const loose: Said = {
  template: parseTemplate('«status»'),
  clients: [anyClient],
  sources: ['RFC 9110 15'],
  codes: [],
  byStatus: true,
  saysNothing: false,
  vague: false,
  beside: true,
  when: '',
};

const statusesIn = (text: string): readonly Found[] =>
  findStatuses(text, (hit) => belongs('beside', text, hit)).map((hit) => ({ ...hit, said: loose, clients: loose.clients, weight: 0 }));

const areNear = (one: Hit, other: Hit): boolean => one.from - other.to < nearby && other.from - one.to < nearby;

/** 0: it tells which failure it was; 1: of which kind; 2: nothing. */
const silenceOf = ({ saysNothing, vague }: Said): number => (saysNothing ? 2 : Number(vague));

/** The words of one are among those of the other, as `Invalid status code` are of `failed to connect to WebSocket: Invalid status code`. */
const isPartOf = (one: Found, other: Found): boolean =>
  other.from <= one.from && one.to <= other.to && other.weight > one.weight && other.said.template.text.includes(one.said.template.text);

/** Of hits that overlap the longest stays; one that tells less gives way to a better one nearby. */
const withoutWeaker = (hits: readonly Found[]): readonly Found[] => {
  const order = [...hits].sort((a, b) => silenceOf(a.said) - silenceOf(b.said) || b.weight - a.weight || a.from - b.from);
  const kept: Found[] = [];
  for (const hit of order.filter((one) => !hits.some((other) => isPartOf(one, other)))) {
    const beaten = kept.some(
      (other) => (hit.from < other.to && other.from < hit.to) || (silenceOf(other.said) < silenceOf(hit.said) && areNear(hit, other)),
    );
    if (!beaten) kept.push(hit);
    if (kept.length >= mostKept) break;
  }
  return kept;
};

/** A log of more different messages than this is not read by anybody. */
const mostKept = 400;

const summed = (found: readonly Found[], text: string): readonly Explanation[] => {
  const same = new Map<string, Found[]>();
  for (const hit of found) {
    const key = [hit.said.template.text, hit.status, hit.url, hit.clients].join('\n');
    same.set(key, [...(same.get(key) ?? []), hit]);
  }
  return [...same.values()].flatMap((hits) => {
    const [hit] = hits;
    return hit ? [explanationOf(hit, hits.length, text)] : [];
  });
};

const explanationOf = ({ said, status, url, clients, from, to }: Found, times: number, text: string): Explanation => {
  const codes = said.byStatus && status !== null ? codesOfStatus(status) : said.codes;
  return {
    client: clients.join(', '),
    clients,
    text: text.slice(from, to).trim(),
    when:
      said.byStatus && status !== null
        ? `the answer to the upgrade request has the status ${status}${said === loose ? ': so it seems from the words beside it, for the message itself is not known here' : ''}`
        : said.when,
    cause: causeOf(codes[0]),
    codes,
    status,
    closeCode: null,
    saysNothing: said.saysNothing,
    seeMore: said.saysNothing ? seeMore(clients) : null,
    times,
    next: nextStep(text, { from, to, url, clients, code: said.saysNothing ? undefined : codes[0] }),
    sources: said.sources,
  };
};

const closeCodesIn = (text: string, found: readonly Found[]): readonly Explanation[] => {
  const seen = new Map<number, { readonly from: number; readonly to: number; times: number }>();
  for (const { from, to, code } of findCloseCodes(text)) {
    if (found.some((hit) => hit.from <= from && to <= hit.to)) continue;
    const before = seen.get(code);
    if (before) before.times++;
    else seen.set(code, { from, to, times: 1 });
  }
  return [...seen].flatMap(([code, { from, to, times }]) => {
    const meaning = closeCode(code);
    // A normal end is worth a word only to who asked about nothing else; a code that a client made up says less than any message.
    if (!meaning || (code === 1000 && (found.length > 0 || text.length > 200))) return [];
    if (meaning.saysNothing && found.some((hit) => Math.abs(hit.from - from) < nearby)) return [];
    return [
      {
        client: anyClient,
        clients: [anyClient],
        text: text.slice(from, to),
        when: `close code ${code}, ${meaning.name}: ${meaning.when}`,
        cause: causeOf(meaning.codes[0]),
        codes: meaning.codes,
        status: null,
        closeCode: code,
        saysNothing: meaning.saysNothing === true,
        seeMore: meaning.saysNothing === true ? seeMore([]) : null,
        times,
        next: nextStep(text, { from, to, url: null, clients: [], code: meaning.codes[0] }),
        sources: ['RFC 6455 7.4.1'],
      },
    ];
  });
};

const families: Readonly<Record<string, Cause>> = {
  url: 'url',
  origin: 'origin',
  intermediary: 'intermediary',
  certificate: 'certificate',
  tls: 'certificate',
  server: 'server',
  frame: 'frame',
  client: 'client',
};

/** The first word of a code is its family; `tls` is of the cause certificate. */
const causeOf = (code: string | undefined): Cause | null => families[code?.split('.')[0] ?? ''] ?? null;

const bySense = (a: Explanation, b: Explanation): number =>
  Number(a.saysNothing) - Number(b.saysNothing) ||
  Number(a.closeCode !== null) - Number(b.closeCode !== null) ||
  b.text.length - a.text.length;
