import type { RecordedExchange } from '../format.js';
import { type Command, commandFormat } from './command-format.js';
import { leftNote, sentTexts } from './sent-texts.js';
import { shellLines, shellText, shellWord } from './shell.js';
import { webSocketRequest } from './websocket-request.js';

/** wscat sends each character of a field as one byte, so what is one byte here goes as one character. */
const option = (name: string, value: string): string[] => {
  const word = shellText(value);
  return word === null ? [] : [`${name} ${word}`];
};

/** The same WebSocket again with wscat 6, and the first text that the client sent in it. */
const wscatCommand = async (recorded: RecordedExchange): Promise<Command> => {
  const request = webSocketRequest(recorded.exchange);
  if (typeof request === 'string') return { type: 'none', why: request };
  const { texts, left } = await sentTexts(recorded, (text) => text !== '' && shellWord(text) !== null);
  const { url, origin, protocols, host, insecure } = request;
  // Of fields with the same name wscat sends the last one.
  const fields = [...new Map(request.fields.map((field) => [field[0].toLowerCase(), field])).values()];
  const [first] = texts;
  const words = [
    ['wscat', ...(insecure ? ['--no-check'] : []), '--connect', url],
    ...(host === undefined ? [] : [option('--host', host)]),
    ...(origin === undefined ? [] : [option('--origin', origin)]),
    ...protocols.map((protocol) => option('--subprotocol', protocol)),
    ...fields.map(([name, value]) => option('--header', `${name}:${value}`)),
    ...(first === undefined ? [] : [['--wait 2', `--execute ${shellWord(first)}`]]),
  ];
  const further = texts.length - 1 + left;
  const notes = [...request.notes];
  if (fields.length < request.fields.length) notes.push('of fields with the same name wscat sends one');
  if (first === undefined) notes.push(...leftNote(left, 'wscat'));
  else if (further > 0)
    notes.push(`the client sent ${further} more: wscat sends one by itself, so take --wait and --execute away to type them`);
  return { type: 'command', text: shellLines(words), notes };
};

export const wscat = commandFormat(
  {
    id: 'wscat',
    aliases: [],
    about: 'A wscat command for each WebSocket, with the first text that the client sent: for a terminal with a POSIX shell.',
  },
  wscatCommand,
);
