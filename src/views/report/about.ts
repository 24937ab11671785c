import type { ExportContext } from '../../formats/format.js';
import type { Exchange } from '../../model/exchange.js';
import { count } from '../wording.js';
import { number } from './shown.js';

/** What was taken out before a report was made, in a sentence or two; `word` writes down the name of a kind. */
export const redactionOf = ({ redaction }: Pick<ExportContext, 'redaction'>, word: (kind: string) => string = (kind) => kind): string => {
  if (redaction === null) return 'Nothing was redacted (--no-redact): secrets that crossed the wire may be in here.';
  const kinds = redaction.kinds.map(({ kind, places }) => `${word(kind)} (${count(places, 'place')})`).join(', ');
  const blanked = redaction.blanked > 0 ? ` ${count(redaction.blanked, 'payload')} could not be searched and went blank.` : '';
  const { notFollowed = 0 } = redaction;
  const rest = notFollowed > 0 ? ` ${count(notFollowed, 'secret')} may stand elsewhere, too: there were too many to look for each.` : '';
  return `${kinds === '' ? 'No secret was found in it.' : `Replaced by placeholders: ${kinds}.`}${blanked}${rest}`;
};

const plainWord = /^(?!-)[\w.,@%+=:-]+$/;

/** How one gets one exchange alone, with more of it. What a shell would read in another way is not put into a command. */
export const commandFor = ({ recording }: Pick<ExportContext, 'recording'>, id = 'ID'): string =>
  `shakedown export ${plainWord.test(recording) ? recording : 'FILE'} --exchange ${plainWord.test(id) ? id : 'ID'}`;

/** Messages and control frames that both sides sent, as the frames were counted. */
export const sentBy = ({ frames: { fromClient, fromServer } }: Pick<Exchange, 'frames'>): number =>
  [fromClient, fromServer].reduce((sum, { messages, pings, pongs, close }) => sum + messages + pings + pongs + (close === null ? 0 : 1), 0);

/** `17 exchanges, 9 with findings`. */
export const countsOf = ({ total, withFindings }: { readonly total: number; readonly withFindings: number }): string =>
  `${number(total)} ${total === 1 ? 'exchange' : 'exchanges'}, ${withFindings === 0 ? 'none' : number(withFindings)} with findings`;

/** What there is to say where there is no finding. */
export const noFindingOf = ({ outcome, kind }: Pick<Exchange, 'outcome' | 'kind'>): string => {
  if (outcome === 'pending') return 'No finding so far: the handshake is not over.';
  if (outcome === 'open' || outcome === 'closed') return 'No finding: this handshake is healthy.';
  if (kind === 'websocket') return 'No finding: no rule knows why this handshake ended so.';
  return 'No finding: this exchange is no WebSocket handshake.';
};
