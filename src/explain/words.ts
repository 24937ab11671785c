import { messages } from './messages.js';
import { anyClient, type Said } from './read-said.js';
import { statusesOf } from './statuses.js';

/** How one family of clients puts a finding into words. */
export interface ClientWords {
  readonly clients: readonly string[];
  /** With `«url»` and the like where a value stands. */
  readonly text: string;
  /** For how many other findings the same sentence stands. */
  readonly alsoFor: number;
}

/** What clients say when this finding is the reason, the clearest first; `status`: of the answer, where there was one. Sentences that say nothing, and words of no client in particular, are left out. */
export const wordsFor = (code: string, status = 0): readonly ClientWords[] =>
  messages
    .filter(({ saysNothing, vague, clients }) => !saysNothing && !vague && !clients.includes(anyClient))
    .flatMap((said) => (said.byStatus ? withStatus(said, code, status) : said.codes.includes(code) ? [plainly(said)] : []))
    .sort((a, b) => a.alsoFor - b.alsoFor);

const plainly = ({ clients, template, codes }: Said): ClientWords => ({ clients, text: template.text, alsoFor: codes.length - 1 });

/** A text that holds a status speaks of a finding in the words of its likeliest status. */
const withStatus = ({ clients, template }: Said, code: string, status: number): readonly ClientWords[] => {
  const [likeliest] = statusesOf(code);
  if (!likeliest) return [];
  return [
    { clients, text: template.text.replace('«status»', String(status === 0 ? likeliest.status : status)), alsoFor: likeliest.among - 1 },
  ];
};
